import { renderModelDeployment } from '@llm-platform/plugin-models-common';
import type { ModelRuntime } from '@llm-platform/plugin-models-node';

/** vLLM on a Deployment: serves every spec that no added runtime claims. */
export const vllmRuntime: ModelRuntime = {
  id: 'vllm',
  supports: () => true,
  render: ({ spec, profile }) => renderModelDeployment(spec, { profile }),
};
