/** A model as the portal deploys it on CPU, cut to what the tests need. */
export function modelDeployment(namespace: string, name: string) {
  const labels = {
    'app.kubernetes.io/name': name,
    'llm-platform.dev/team': namespace,
    'llm-platform.dev/model': name,
  };
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: { 'app.kubernetes.io/name': name } },
          template: {
            metadata: { labels },
            spec: {
              containers: [
                {
                  name: 'vllm',
                  image:
                    'public.ecr.aws/q9t5s3a7/vllm-cpu-release-repo:v0.11.0',
                  args: [
                    '--model=HuggingFaceTB/SmolLM2-135M-Instruct',
                    `--served-model-name=${name}`,
                    '--max-model-len=2048',
                    '--port=8000',
                  ],
                  ports: [{ name: 'http', containerPort: 8000 }],
                  resources: {
                    requests: { cpu: '500m', memory: '1Gi' },
                    limits: { cpu: '1', memory: '2Gi' },
                  },
                  startupProbe: {
                    httpGet: { path: '/health', port: 'http' },
                    periodSeconds: 1,
                    failureThreshold: 120,
                  },
                  readinessProbe: {
                    httpGet: { path: '/health', port: 'http' },
                    periodSeconds: 2,
                  },
                },
              ],
            },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name,
          namespace,
          labels: { ...labels, 'llm-platform.dev/route': name },
        },
        spec: {
          selector: { 'app.kubernetes.io/name': name },
          ports: [{ name: 'http', port: 8000, targetPort: 'http' }],
        },
      },
    ],
  };
}

/** A pod that takes one GPU and runs nothing. */
export function gpuPod(namespace: string, name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      tolerations: [
        { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      ],
      containers: [
        {
          name: 'hold',
          image: 'registry.k8s.io/pause:3.10',
          resources: { limits: { 'nvidia.com/gpu': '1' } },
        },
      ],
      terminationGracePeriodSeconds: 1,
    },
  };
}

/** A pod of an image that nobody has. */
export function podOf(namespace: string, name: string, image: string) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { containers: [{ name: 'main', image }] },
  };
}
