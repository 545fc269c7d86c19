import { V1EndpointSlice, V1Service } from '@kubernetes/client-node';
import { createResolver } from './resolver';

const service = (
  name: string,
  clusterIP: string,
  more: V1Service['spec'] = {},
): V1Service => ({
  metadata: { name, namespace: 'quant' },
  spec: {
    clusterIP,
    ports: [{ name: 'http', port: 80, targetPort: 8000 }],
    ...more,
  },
});
const kubernetes: V1Service = {
  metadata: { name: 'kubernetes', namespace: 'default' },
  spec: { clusterIP: '10.96.0.1', ports: [{ port: 443 }] },
};
const services = [
  service('model', '10.96.0.9'),
  service('idle', '10.96.0.10'),
  service('set', 'None'),
  service('out', '', { type: 'ExternalName', externalName: 'example.com' }),
  kubernetes,
];
const slice = (
  name: string,
  endpoints: V1EndpointSlice['endpoints'],
): V1EndpointSlice => ({
  addressType: 'IPv4',
  metadata: { namespace: 'quant', name },
  ports: [{ name: 'http', port: 8000 }],
  endpoints,
});
const slices: Record<string, V1EndpointSlice[]> = {
  model: [
    slice('model', [
      { addresses: ['10.244.1.2'], conditions: { ready: true } },
      { addresses: ['10.244.1.3'], conditions: { ready: false } },
    ]),
    slice('model', [
      { addresses: ['10.244.2.2'], conditions: { ready: true } },
    ]),
  ],
  idle: [
    slice('idle', [
      { addresses: ['10.244.1.9'], conditions: { ready: false } },
    ]),
  ],
  set: [
    slice('set', [
      { addresses: ['10.244.3.2'], hostname: 'set-0' },
      { addresses: ['10.244.3.3'], hostname: 'set-1' },
    ]),
  ],
};

describe('createResolver', () => {
  let random = 0;
  const resolver = createResolver({
    instance: 1,
    clusterDomain: 'cluster.local',
    apiserver: { host: '127.0.0.1', port: 6443 },
    random: () => random,
    view: {
      services: () => services,
      service: (namespace, name) =>
        services.find(
          s => s.metadata?.namespace === namespace && s.metadata.name === name,
        ),
      slices: (_namespace, name) => slices[name] ?? [],
      pods: () => [{ status: { podIP: '10.0.1.11' } }],
    },
  });
  const resolve = (host: string, port: number) => {
    const target = resolver.resolve(host, port);
    return `${target.host}:${target.port}`;
  };

  it.each([
    ['10.244.5.6', 9000, '127.245.5.6:9000'],
    ['10.96.0.9', 80, '127.245.1.2:8000'],
    ['model.quant.svc.cluster.local', 80, '127.245.1.2:8000'],
    ['model.quant.svc.cluster.local.', 80, '127.245.1.2:8000'],
    ['MODEL.quant.svc', 80, '127.245.1.2:8000'],
    ['model.quant', 80, '127.245.1.2:8000'],
    ['set.quant.svc', 8000, '127.245.3.2:8000'],
    ['set-1.set.quant.svc', 8000, '127.245.3.3:8000'],
    ['kubernetes.default.svc', 443, '127.0.0.1:6443'],
    ['10.96.0.1', 443, '127.0.0.1:6443'],
  ])('%s:%d leads to %s', (host, port, expected) => {
    random = 0;
    expect(resolve(host, port)).toBe(expected);
  });

  it('takes any ready endpoint, and no other', () => {
    random = 0.99;
    expect(resolve('model.quant.svc', 80)).toBe('127.245.2.2:8000');
  });

  it.each([
    ['idle.quant.svc', 80, 'Service quant/idle has no ready endpoint'],
    ['model.quant.svc', 81, 'Service quant/model has no port 81, only 80'],
    ['none.quant.svc', 80, 'there is no Service quant/none'],
    ['model', 80, 'model is not a name of this cluster'],
    ['example.com', 443, 'example.com is not a name of this cluster'],
    ['10.1.2.3', 80, '10.1.2.3 is not an address of this cluster'],
    ['10.0.1.11', 80, "10.0.1.11 is a node's address"],
    ['127.0.0.1', 22, '127.0.0.1 is not an address of this cluster'],
    ['out.quant.svc', 80, 'names an external host'],
    ['set-9.set.quant.svc', 80, 'Service quant/set has no ready endpoint'],
  ])('refuses %s:%d: %s', (host, port, message) => {
    expect(() => resolve(host, port)).toThrow(message);
  });
});
