/** The spec that the examples of the actions use. */
export const exampleSpec = {
  apiVersion: 'llm-platform.dev/v1alpha1',
  kind: 'ModelDeployment',
  metadata: { name: 'smollm2', namespace: 'quant', team: 'quant' },
  spec: {
    model: { id: 'HuggingFaceTB/SmolLM2-135M-Instruct' },
    profile: 'cpu',
    replicas: 1,
    engine: {
      quantization: 'none',
      dtype: 'bfloat16',
      maxModelLen: 2048,
      gpuMemoryUtilization: 0.9,
    },
    resources: {
      requests: { cpu: '1', memory: '1Gi' },
      limits: { cpu: '1500m', memory: '2Gi' },
    },
    storage: { size: '5Gi' },
  },
};
