import { parseObjects } from '../rendered';
import { checkServices } from '.';

const GOOD = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: quant-api, namespace: quant }
spec:
  template:
    metadata: { labels: { llm-platform.dev/service: quant-api } }
    spec:
      containers:
        - name: quant-api
          env:
            - { name: TEAM, value: quant }
            - { name: VLLM_BASE_URL, value: 'http://baseline.llm-baseline.svc:8000' }
          startupProbe: { httpGet: { path: /startup, port: http } }
          livenessProbe: { httpGet: { path: /health, port: http } }
          readinessProbe: { httpGet: { path: /ready, port: http } }
`;

const messages = (text: string) =>
  checkServices(parseObjects(text)).map(({ message }) => message);

it('is content with a service that is asked where it answers', () => {
  expect(messages(GOOD)).toEqual([]);
});

it.each([
  [
    'another path',
    'path: /ready',
    'path: /health',
    'its readinessProbe asks /health on http; a service of the platform answers at /ready on http',
  ],
  [
    'no probe',
    'startupProbe:',
    'other:',
    'its startupProbe asks nothing; a service of the platform answers at /startup on http',
  ],
  [
    'no model',
    'name: VLLM_BASE_URL',
    'name: OTHER',
    'it has no model behind it: set exactly one of VLLM_BASE_URL and SAGEMAKER_ENDPOINT_NAME',
  ],
  [
    'two models',
    'env:',
    'env:\n            - { name: SAGEMAKER_ENDPOINT_NAME, value: quant }',
    'it has VLLM_BASE_URL and SAGEMAKER_ENDPOINT_NAME: set exactly one of VLLM_BASE_URL and SAGEMAKER_ENDPOINT_NAME',
  ],
])('refuses %s', (_, before, after, message) => {
  expect(messages(GOOD.replace(before, after))).toEqual([message]);
});

it('leaves what is not of the platform alone', () => {
  expect(messages(GOOD.replace('llm-platform.dev/service', 'app'))).toEqual([]);
});
