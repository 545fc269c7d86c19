import type { ModelDeploymentSpec } from '@llm-platform/plugin-models-common';

/** Value of the field. */
export interface Deployment {
  cluster: string;
  spec: ModelDeploymentSpec;
}
