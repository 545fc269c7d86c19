import { serviceEnv } from './serviceEnv';

describe('serviceEnv', () => {
  it('makes the variables that collide with vLLM’s own', () => {
    expect(
      serviceEnv([
        {
          metadata: { name: 'vllm' },
          spec: {
            clusterIP: '10.96.1.1',
            ports: [{ name: 'http-api', port: 8000 }],
          },
        },
      ]),
    ).toEqual({
      VLLM_SERVICE_HOST: '10.96.1.1',
      VLLM_SERVICE_PORT: '8000',
      VLLM_SERVICE_PORT_HTTP_API: '8000',
      VLLM_PORT: 'tcp://10.96.1.1:8000',
      VLLM_PORT_8000_TCP: 'tcp://10.96.1.1:8000',
      VLLM_PORT_8000_TCP_PROTO: 'tcp',
      VLLM_PORT_8000_TCP_PORT: '8000',
      VLLM_PORT_8000_TCP_ADDR: '10.96.1.1',
    });
  });

  it('makes none for headless Services', () => {
    expect(
      serviceEnv([
        {
          metadata: { name: 'a' },
          spec: { clusterIP: 'None', ports: [{ port: 80 }] },
        },
      ]),
    ).toEqual({});
  });
});
