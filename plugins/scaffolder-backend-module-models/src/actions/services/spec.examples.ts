/** The spec that the examples of the actions use. */
export const exampleService = {
  apiVersion: 'llm-platform.dev/v1alpha1',
  kind: 'TeamService',
  metadata: { name: 'summaries', namespace: 'quant', team: 'quant' },
  spec: {
    route: 'quant',
    model: 'smollm2',
    image: 'llm-platform/quant/summaries:0.1.0',
    replicas: 1,
    resources: {
      requests: { cpu: '50m', memory: '96Mi' },
      limits: { cpu: '500m', memory: '256Mi' },
    },
    limits: { requestsPerMinute: 60, tokensPerMinute: 20000 },
  },
};
