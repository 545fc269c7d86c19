/** A spec that the portal accepts: SmolLM2 on a CPU node. */
export function smolLm2Spec(name: string, team = 'quant') {
  return {
    apiVersion: 'llm-platform.dev/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name, namespace: team, team },
    spec: {
      model: { id: 'HuggingFaceTB/SmolLM2-135M-Instruct' },
      profile: 'cpu',
      replicas: 1,
      engine: {
        quantization: 'none',
        dtype: 'auto',
        maxModelLen: 2048,
        gpuMemoryUtilization: 0.9,
      },
      resources: {
        requests: { cpu: '500m', memory: '1Gi' },
        limits: { cpu: '1', memory: '2Gi' },
      },
      storage: { size: '5Gi' },
    },
  };
}
