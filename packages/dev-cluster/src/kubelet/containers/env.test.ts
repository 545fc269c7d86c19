import { V1Container, V1Pod } from '@kubernetes/client-node';
import { ContainerConfigError, resolveEnv } from './env';
import { ObjectLookup } from './references';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const lookup: ObjectLookup = {
  configMap: (_namespace, name) =>
    name === 'settings' ? { data: { mode: 'fast', level: '3' } } : undefined,
  secret: (_namespace, name) =>
    name === 'hf' ? { data: { token: base64('hf_123') } } : undefined,
};

function resolve(container: Partial<V1Container>, pod: V1Pod = {}) {
  const full: V1Container = { name: 'main', ...container };
  return resolveEnv({
    pod: {
      metadata: {
        name: 'model-0',
        namespace: 'quant',
        labels: { app: 'model' },
        annotations: { 'a.b/c': 'note' },
      },
      spec: { containers: [full], serviceAccountName: 'runner' },
      ...pod,
    },
    container: full,
    facts: {
      podIP: '10.244.1.2',
      hostIP: '10.0.1.11',
      nodeName: 'node-a',
      nodeAllocatable: { cpu: '1930m', memory: '3388360Ki' },
    },
    lookup,
    serviceEnv: { WEB_SERVICE_HOST: '10.96.0.9' },
  });
}

describe('resolveEnv', () => {
  it('takes whole ConfigMaps and Secrets, then single variables', () => {
    expect(
      resolve({
        envFrom: [
          { configMapRef: { name: 'settings' }, prefix: 'CFG_' },
          { secretRef: { name: 'hf' } },
        ],
        env: [{ name: 'CFG_mode', value: 'slow' }],
      }),
    ).toEqual({
      CFG_mode: 'slow',
      CFG_level: '3',
      token: 'hf_123',
      WEB_SERVICE_HOST: '10.96.0.9',
    });
  });

  it('lets a value refer to variables before it, and to services', () => {
    const env = resolve({
      env: [
        { name: 'EARLY', value: '$(LATE)' },
        { name: 'LATE', value: 'x' },
        { name: 'URL', value: 'http://$(WEB_SERVICE_HOST)/$(LATE)' },
      ],
    });
    expect(env.EARLY).toBe('$(LATE)');
    expect(env.URL).toBe('http://10.96.0.9/x');
  });

  it.each([
    ['metadata.name', 'model-0'],
    ['metadata.namespace', 'quant'],
    ["metadata.labels['app']", 'model'],
    ["metadata.annotations['a.b/c']", 'note'],
    ['spec.nodeName', 'node-a'],
    ['spec.serviceAccountName', 'runner'],
    ['status.podIP', '10.244.1.2'],
    ['status.hostIP', '10.0.1.11'],
  ])('reads the field %s', (fieldPath, expected) => {
    const env = resolve({
      env: [{ name: 'X', valueFrom: { fieldRef: { fieldPath } } }],
    });
    expect(env.X).toBe(expected);
  });

  it.each([
    ['limits.cpu', undefined, '1'],
    ['limits.cpu', '1m', '500'],
    ['requests.memory', '1Mi', '64'],
    ['limits.memory', '1Ki', '3388360'],
  ])('reads the resource %s by %s', (resource, divisor, expected) => {
    const env = resolve({
      resources: { limits: { cpu: '500m' }, requests: { memory: '64Mi' } },
      env: [
        {
          name: 'X',
          valueFrom: { resourceFieldRef: { resource, divisor } },
        },
      ],
    });
    expect(env.X).toBe(expected);
  });

  it.each<[string, Partial<V1Container>]>([
    [
      'configmap "gone" not found',
      { envFrom: [{ configMapRef: { name: 'gone' } }] },
    ],
    ['secret "gone" not found', { envFrom: [{ secretRef: { name: 'gone' } }] }],
    [
      "couldn't find key nope in ConfigMap quant/settings",
      {
        env: [
          {
            name: 'X',
            valueFrom: { configMapKeyRef: { name: 'settings', key: 'nope' } },
          },
        ],
      },
    ],
    [
      "couldn't find key nope in Secret quant/hf",
      {
        env: [
          {
            name: 'X',
            valueFrom: { secretKeyRef: { name: 'hf', key: 'nope' } },
          },
        ],
      },
    ],
  ])('says: %s', (message, container) => {
    expect(() => resolve(container)).toThrow(new ContainerConfigError(message));
  });

  it('leaves out what is optional and missing', () => {
    const env = resolve({
      envFrom: [{ secretRef: { name: 'gone', optional: true } }],
      env: [
        {
          name: 'X',
          valueFrom: {
            configMapKeyRef: { name: 'settings', key: 'nope', optional: true },
          },
        },
        {
          name: 'Y',
          valueFrom: {
            secretKeyRef: { name: 'gone', key: 'k', optional: true },
          },
        },
      ],
    });
    expect(env).toEqual({ WEB_SERVICE_HOST: '10.96.0.9' });
  });
});
