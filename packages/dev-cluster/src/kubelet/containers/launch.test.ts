import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { V1Container } from '@kubernetes/client-node';
import { RunnableImage } from '../images';
import { LaunchError, resolveLaunch } from './launch';

describe('resolveLaunch', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'llmp-launch-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  const image: RunnableImage = {
    kind: 'run',
    entrypoint: ['node', 'server.js'],
    defaultArgs: ['--default'],
    command: command =>
      command[0] === 'vllm' ? ['node', 'server.js'] : undefined,
    env: context => ({ HOST: context.bindAddress, MODE: 'image' }),
  };

  function launch(
    container: Partial<V1Container>,
    services = true,
    own: Partial<RunnableImage> = {},
  ) {
    const full: V1Container = { name: 'main', ...container };
    return resolveLaunch({
      pod: {
        metadata: { name: 'pod', namespace: 'quant' },
        spec: { containers: [full], enableServiceLinks: services },
      },
      container: full,
      image: { ...image, ...own },
      context: {
        bindAddress: '127.244.1.2',
        podIP: '10.244.1.2',
        nodeName: 'node',
        namespace: 'quant',
        podName: 'pod',
        containerName: 'main',
        proxyUrl: 'http://127.0.0.1:4000',
        cpuThreads: 2,
        gpu: false,
      },
      facts: {
        podIP: '10.244.1.2',
        hostIP: '10.0.1.11',
        nodeName: 'node',
        nodeAllocatable: {},
      },
      lookup: { configMap: () => undefined, secret: () => undefined },
      services: ['quant', 'other'].map(namespace => ({
        metadata: { name: `in-${namespace}`, namespace },
        spec: { clusterIP: '10.96.0.9', ports: [{ port: 80 }] },
      })),
      dir,
      volumePath: name => `/volumes/${name}`,
      baseEnv: { PATH: '/bin' },
      writeKubeconfig: account => `${account}.kubeconfig`,
    });
  }

  it('runs the image’s program with the pod’s arguments', () => {
    expect(launch({}).argv).toEqual(['node', 'server.js', '--default']);
    expect(
      launch({
        args: ['--model=$(MODEL)', '--cache=/cache/x'],
        env: [{ name: 'MODEL', value: 'tiny' }],
        volumeMounts: [{ name: 'data', mountPath: '/cache', subPath: 'hub' }],
      }).argv,
    ).toEqual([
      'node',
      'server.js',
      '--model=tiny',
      '--cache=/volumes/data/hub/x',
    ]);
  });

  it('starts in the image’s working directory, where it has one', () => {
    const files = { rootDir: '/images/x/rootfs', workingDir: '/app' };
    expect(launch({}).cwd).toBe(dir);
    expect(launch({}, true, files).cwd).toBe('/images/x/rootfs/app');
    const cwd = (workingDir: string) =>
      launch(
        { workingDir, volumeMounts: [{ name: 'data', mountPath: '/data' }] },
        true,
        files,
      ).cwd;
    expect(cwd('/app/sub')).toBe('/images/x/rootfs/app/sub');
    expect(cwd('/../../etc')).toBe('/images/x/rootfs/etc');
    expect(cwd('/data/in')).toBe('/volumes/data/in');
  });

  it('keeps a sub path inside its volume', () => {
    expect(
      launch({
        args: ['/cache'],
        volumeMounts: [
          { name: 'data', mountPath: '/cache', subPath: '../../etc' },
        ],
      }).argv,
    ).toContain('/volumes/data/etc');
  });

  it('refuses a program that the image has not got', () => {
    expect(launch({ command: ['vllm'] }).argv).toEqual(['node', 'server.js']);
    expect(() => launch({ command: ['bash'] })).toThrow(LaunchError);
    expect(() => launch({ command: ['bash'] })).toThrow(
      'exec: "bash": executable file not found in $PATH',
    );
  });

  it('lets the pod’s variables win over the image’s', () => {
    const { env } = launch({ env: [{ name: 'MODE', value: 'pod' }] });
    expect(env).toMatchObject({
      PATH: '/bin',
      HOST: '127.244.1.2',
      LLMP_BIND_ADDRESS: '127.244.1.2',
      MODE: 'pod',
      HOSTNAME: 'pod',
    });
  });

  it('gives a kubeconfig where the service account is mounted', () => {
    expect(launch({}).env.KUBECONFIG).toBeUndefined();
    expect(
      launch({
        volumeMounts: [
          {
            name: 'token',
            mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
          },
        ],
      }).env.KUBECONFIG,
    ).toBe('/volumes/token.kubeconfig');
  });

  it('shows a GPU only to who asked for one', () => {
    const gpu = { resources: { limits: { 'nvidia.com/gpu': '1' } } };
    expect(launch({}).env.NVIDIA_VISIBLE_DEVICES).toBeUndefined();
    expect(launch(gpu).env.NVIDIA_VISIBLE_DEVICES).toBe('0');
  });

  it('links the Services of its namespace, unless it wants none', () => {
    expect(launch({}).env).toHaveProperty('IN_QUANT_SERVICE_HOST');
    expect(launch({}).env).not.toHaveProperty('IN_OTHER_SERVICE_HOST');
    expect(launch({}, false).env).not.toHaveProperty('IN_QUANT_SERVICE_HOST');
  });
});
