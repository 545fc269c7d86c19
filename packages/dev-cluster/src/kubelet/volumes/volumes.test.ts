import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { V1Pod, V1Volume } from '@kubernetes/client-node';
import { ApiClient } from '../api';
import { writeVolume } from './atomicWriter';
import { createPodVolumes } from './podVolumes';

const root = mkdtempSync(path.join(tmpdir(), 'llmp-volumes-'));
afterAll(() => rmSync(root, { recursive: true }));

const files = (contents: Record<string, string>) =>
  new Map(
    Object.entries(contents).map(([name, text]) => [
      name,
      { content: Buffer.from(text), mode: 0o644 },
    ]),
  );

describe('writeVolume', () => {
  it('replaces all files at once, and only when they have changed', () => {
    const dir = path.join(root, 'atomic');
    expect(writeVolume(dir, files({ a: '1', 'sub/b': '2' }))).toBe(true);
    expect(readFileSync(path.join(dir, 'a'), 'utf8')).toBe('1');
    expect(readFileSync(path.join(dir, 'sub/b'), 'utf8')).toBe('2');
    const before = readlinkSync(path.join(dir, '..data'));

    expect(writeVolume(dir, files({ a: '1', 'sub/b': '2' }))).toBe(false);
    expect(readlinkSync(path.join(dir, '..data'))).toBe(before);

    expect(writeVolume(dir, files({ a: '3' }))).toBe(true);
    expect(readFileSync(path.join(dir, 'a'), 'utf8')).toBe('3');
    expect(readdirSync(dir).filter(n => !n.startsWith('..'))).toEqual(['a']);
    expect(readdirSync(dir)).not.toContain(before);
  });

  it('writes nothing outside', () => {
    expect(() =>
      writeVolume(path.join(root, 'safe'), files({ '../x': '' })),
    ).toThrow('invalid path in volume: ../x');
  });
});

describe('the volumes of a pod', () => {
  let number = 0;
  let token = 'first';
  const api = {
    create: async (url: string) => {
      expect(url).toBe('/api/v1/namespaces/quant/serviceaccounts/runner/token');
      return {
        status: {
          token,
          expirationTimestamp: new Date(Date.now() + 3_600_000),
        },
      };
    },
  } as unknown as ApiClient;

  function setUp(volumes: V1Volume[], mounted: string[] = []) {
    number += 1;
    const pod: V1Pod = {
      metadata: { name: 'pod', namespace: 'quant', labels: { app: 'x' } },
      spec: { containers: [], serviceAccountName: 'runner', volumes },
    };
    const podVolumes = createPodVolumes({
      api,
      podDir: path.join(root, `pod-${number}`),
      mountedByProcess: new Set(mounted),
      context: {
        pod,
        facts: {
          podIP: '',
          hostIP: '',
          nodeName: 'n',
          nodeAllocatable: {},
        },
        lookup: {
          configMap: (_ns, name) =>
            name === 'settings'
              ? { data: { 'a.txt': 'A', b: 'B' } }
              : undefined,
          secret: (_ns, name) =>
            name === 'hf'
              ? { data: { token: Buffer.from('hf_1').toString('base64') } }
              : undefined,
        },
      },
      claim: (_ns, name) =>
        name === 'models'
          ? {
              spec: { volumeName: 'pvc-1' },
              status: { phase: 'Bound' },
            }
          : undefined,
      persistentDir: name => path.join(root, 'persistent', name),
    });
    const read = (volume: string, file: string) =>
      readFileSync(path.join(podVolumes.hostPath(volume), file), 'utf8');
    return { pod, podVolumes, read, done: podVolumes.setUp(pod) };
  }

  it('lays out ConfigMaps, Secrets, fields and directories', async () => {
    const { read, podVolumes, done } = setUp([
      { name: 'c', configMap: { name: 'settings' } },
      {
        name: 'items',
        configMap: { name: 'settings', items: [{ key: 'b', path: 'x/y' }] },
      },
      { name: 's', secret: { secretName: 'hf' } },
      {
        name: 'd',
        downwardAPI: {
          items: [
            { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
          ],
        },
      },
      { name: 'e', emptyDir: {} },
      { name: 'p', persistentVolumeClaim: { claimName: 'models' } },
    ]);
    await done;
    expect(read('c', 'a.txt')).toBe('A');
    expect(read('items', 'x/y')).toBe('B');
    expect(read('s', 'token')).toBe('hf_1');
    expect(read('d', 'labels')).toBe('app="x"');
    expect(readdirSync(podVolumes.hostPath('e'))).toEqual([]);
    expect(podVolumes.hostPath('p')).toBe(path.join(root, 'persistent/pvc-1'));
  });

  it('projects a service account’s token and says when to renew it', async () => {
    const { read, podVolumes, done, pod } = setUp([
      {
        name: 'account',
        projected: {
          sources: [
            { serviceAccountToken: { path: 'token' } },
            {
              configMap: {
                name: 'settings',
                items: [{ key: 'b', path: 'ca.crt' }],
              },
            },
          ],
        },
      },
    ]);
    await done;
    expect(read('account', 'token')).toBe('first');
    expect(read('account', 'ca.crt')).toBe('B');
    const renewAt = podVolumes.renewAt() ?? 0;
    expect(renewAt).toBeGreaterThan(Date.now());
    expect(renewAt).toBeLessThan(Date.now() + 3_600_000);
    token = 'second';
    await podVolumes.setUp(pod);
    expect(read('account', 'token')).toBe('first');
  });

  it.each<[string, V1Volume]>([
    ['configmap "y" not found', { name: 'x', configMap: { name: 'y' } }],
    ['secret "y" not found', { name: 'x', secret: { secretName: 'y' } }],
    [
      'references non-existent secret key: k',
      {
        name: 'x',
        secret: { secretName: 'hf', items: [{ key: 'k', path: 'k' }] },
      },
    ],
    [
      'configmap references non-existent config key: k',
      {
        name: 'x',
        configMap: { name: 'settings', items: [{ key: 'k', path: 'k' }] },
      },
    ],
    [
      'persistentvolumeclaim "y" not found',
      { name: 'x', persistentVolumeClaim: { claimName: 'y' } },
    ],
    [
      'volumes of type hostPath are not supported by the embedded node agent',
      { name: 'x', hostPath: { path: '/' } },
    ],
  ])('says: %s', async (reason, volume) => {
    await expect(setUp([volume], ['x']).done).rejects.toThrow(
      `MountVolume.SetUp failed for volume "x" : ${reason}`,
    );
  });

  it('leaves out what is optional, and what no process mounts', async () => {
    const { podVolumes, done } = setUp([
      { name: 'x', configMap: { name: 'y', optional: true } },
      { name: 'h', hostPath: { path: '/' } },
    ]);
    await done;
    expect(
      readdirSync(podVolumes.hostPath('x')).filter(n => !n.startsWith('..')),
    ).toEqual([]);
  });
});
