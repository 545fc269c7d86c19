import type { ModelDeploymentRef } from '@llm-platform/plugin-models-common';

/** What every action that changes or awaits a model deployment puts out. */
export function outputsOf(ref: ModelDeploymentRef) {
  return {
    entityRef: `component:default/${ref.namespace}-${ref.name}`,
    route: ref.name,
    cluster: ref.cluster,
    namespace: ref.namespace,
    name: ref.name,
  };
}
