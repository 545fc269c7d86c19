import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CoreV1Event, V1Node, V1Pod } from '@kubernetes/client-node';
import { buildControlPlane } from '../build';
import { ControlPlane, startControlPlane } from '../control-plane';
import { kubectlEnv, kubectlFor, kubectlOrThrow } from '../kubectl';
import { defaultCacheDir } from '../paths';
import { NodeAgent, createImageCatalogue, startNodeAgent } from '.';

/** An instance that no other test uses. */
const INSTANCE = 6;
const NODE_PORT = 30606;
const TIMEOUT_MS = 90_000;

/** Serves what it was given; ready and healthy until told otherwise. */
const SERVER = `
const http = require('http');
const fs = require('fs');
let healthy = true;
http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://pod');
  if (pathname === '/health') {
    response.statusCode = healthy ? 200 : 503;
    response.end();
  } else if (pathname === '/sicken') {
    healthy = false;
    response.end();
  } else if (pathname === '/exit') {
    process.exit(Number(searchParams.get('code')));
  } else if (pathname === '/file') {
    response.end(fs.readFileSync(searchParams.get('path')));
  } else if (pathname === '/write') {
    fs.writeFileSync(searchParams.get('path'), 'kept');
    response.end();
  } else if (pathname === '/log') {
    console.log(searchParams.get('line'));
    response.end();
  } else {
    response.end(JSON.stringify({ env: process.env, argv: process.argv.slice(1) }));
  }
}).listen(8000, process.env.HOST, () => console.log('listening'));
process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });
`;

/** An image that comes later than its pod. */
const late = { isThere: false };

const images = createImageCatalogue({
  'test/server:1': {
    kind: 'run',
    entrypoint: [process.execPath, '-e', SERVER, '--'],
    env: context => ({ HOST: context.bindAddress }),
  },
  'test/node:1': {
    kind: 'run',
    entrypoint: [process.execPath],
    command: ([program, ...rest]) =>
      program === 'node' ? [process.execPath, ...rest] : undefined,
  },
  'test/late:1': {
    kind: 'run',
    entrypoint: [process.execPath, '-e', SERVER, '--'],
    env: context => ({ HOST: context.bindAddress }),
    awaits: () => (late.isThere ? undefined : 'It is being compiled'),
    args: (args, { bindAddress }) => [...args, `--listen=${bindAddress}`],
  },
  'registry.k8s.io/exporter:1': {
    kind: 'simulated',
    simulated: 'exporter',
    exporter: 'kube-state',
  },
  'registry.k8s.io/*': { kind: 'simulated', simulated: 'component' },
});

describe('the node agent', () => {
  const stateDir = mkdtempSync(path.join(tmpdir(), 'llmp-agent-'));
  const lines: string[] = [];
  const followers: ChildProcess[] = [];
  let binDir: string;
  let controlPlane: ControlPlane;
  let agent: NodeAgent;

  const startAgent = () =>
    startNodeAgent({
      kubeconfig: controlPlane.agentKubeconfig,
      stateDir,
      instance: INSTANCE,
      egressSocket: controlPlane.egressSocket,
      kubeletTls: controlPlane.kubeletTls,
      images,
      cpuThreads: 2,
      logger: line => lines.push(line),
      clusterDomain: 'cluster.local',
      scaling: { joinDelayMs: 200, idleMs: 1_000 },
    });

  const kubectl = (...args: string[]) =>
    kubectlOrThrow(kubectlFor(binDir, controlPlane.kubeconfig), args);
  const apply = (...items: object[]) =>
    kubectlOrThrow(
      kubectlFor(binDir, controlPlane.kubeconfig),
      ['apply', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
  const get = async <T>(...args: string[]) =>
    JSON.parse(await kubectl('get', ...args, '-o', 'json')) as T;
  const pod = (name: string) => get<V1Pod>('pod', name);
  const container = async (name: string) =>
    (await pod(name)).status?.containerStatuses?.[0];
  const events = async (name: string) =>
    (
      await get<{ items: CoreV1Event[] }>(
        'events',
        `--field-selector=involvedObject.name=${name}`,
      )
    ).items.map(event => `${event.reason}: ${event.message}`);

  async function until(
    what: string,
    holds: () => Promise<boolean>,
  ): Promise<void> {
    const deadline = Date.now() + TIMEOUT_MS;
    while (!(await holds())) {
      if (Date.now() > deadline) {
        const pods = await kubectl('get', 'pods', '-o', 'wide');
        throw new Error(
          `Waited in vain for ${what}.\n${pods}\n${lines
            .slice(-20)
            .join('\n')}`,
        );
      }
      await sleep(200);
    }
  }
  const untilReady = (name: string) =>
    until(
      `${name} to be ready`,
      async () => (await container(name))?.ready === true,
    );
  const untilWaiting = (name: string, reason: string) =>
    until(
      `${name} to be ${reason}`,
      async () => (await container(name))?.state?.waiting?.reason === reason,
    );
  const proxied = (name: string, request: string) =>
    kubectl(
      'get',
      '--raw',
      `/api/v1/namespaces/default/pods/${name}:8000/proxy/${request}`,
    );

  const simplePod = (name: string, spec: object, labels: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { terminationGracePeriodSeconds: 2, ...spec },
  });
  const server = (name: string, more: object = {}, spec: object = {}) =>
    simplePod(
      name,
      {
        containers: [
          {
            name: 'main',
            image: 'test/server:1',
            ports: [{ name: 'http', containerPort: 8000 }],
            readinessProbe: {
              httpGet: { path: '/health', port: 'http' },
              periodSeconds: 1,
              failureThreshold: 1,
            },
            ...more,
          },
        ],
        ...spec,
      },
      { app: name },
    );
  const script = (name: string, code: string, spec: object = {}) =>
    simplePod(name, {
      containers: [
        {
          name: 'main',
          image: 'test/node:1',
          command: ['node', '-e', code],
          terminationMessagePolicy: 'FallbackToLogsOnError',
        },
      ],
      ...spec,
    });

  beforeAll(async () => {
    ({ binDir } = await buildControlPlane({
      moduleDir: path.resolve(__dirname, '../..'),
      cacheDir: defaultCacheDir(),
    }));
    controlPlane = await startControlPlane({
      instance: INSTANCE,
      stateDir,
      binDir,
    });
    agent = await startAgent();
    // Pods need their namespace's service account.
    await until('the default service account', async () =>
      kubectl('get', 'serviceaccount', 'default').then(
        () => true,
        () => false,
      ),
    );
  }, 20 * 60_000);

  afterAll(async () => {
    followers.forEach(follower => follower.kill());
    await agent?.stop();
    await controlPlane?.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }, TIMEOUT_MS);

  it(
    'registers nodes that are Ready',
    async () => {
      await until('five Ready nodes', async () => {
        const { items } = await get<{ items: V1Node[] }>('nodes');
        return (
          items.length === 5 &&
          items.every(node =>
            node.status?.conditions?.some(
              c => c.type === 'Ready' && c.status === 'True',
            ),
          )
        );
      });
      const { items } = await get<{ items: V1Node[] }>('nodes');
      expect(
        items.filter(n => n.status?.allocatable?.['nvidia.com/gpu'] === '1'),
      ).toHaveLength(1);
    },
    TIMEOUT_MS,
  );

  it(
    'runs a pod as it is written: variables, volumes, service account',
    async () => {
      await apply(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'settings' },
          data: { mode: 'fast' },
        },
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'models' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
          },
        },
        server(
          'full',
          {
            args: ['--mode=$(MODE)', '--dir=/models'],
            env: [
              {
                name: 'MODE',
                valueFrom: {
                  configMapKeyRef: { name: 'settings', key: 'mode' },
                },
              },
              {
                name: 'POD_IP',
                valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
              },
              { name: 'MOUNTED', value: '/etc/settings/mode' },
            ],
            volumeMounts: [
              { name: 'settings', mountPath: '/etc/settings' },
              { name: 'models', mountPath: '/models' },
            ],
          },
          {
            initContainers: [
              {
                name: 'setup',
                image: 'test/node:1',
                command: [
                  'node',
                  '-e',
                  'require("fs").writeFileSync("/models/ready", "yes")',
                ],
                volumeMounts: [{ name: 'models', mountPath: '/models' }],
              },
            ],
            volumes: [
              { name: 'settings', configMap: { name: 'settings' } },
              {
                name: 'models',
                persistentVolumeClaim: { claimName: 'models' },
              },
            ],
          },
        ),
      );
      await untilReady('full');

      const { status } = await pod('full');
      const ready = status?.conditions?.find(c => c.type === 'Ready');
      expect(ready?.status).toBe('True');
      // What it once waited for must not stay in the condition.
      expect(ready?.message).toBeUndefined();
      const { env, argv } = JSON.parse(await proxied('full', '')) as {
        env: Record<string, string>;
        argv: string[];
      };
      expect(env.MODE).toBe('fast');
      expect(env.POD_IP).toBe(status?.podIP);
      expect(argv[0]).toBe('--mode=fast');
      const models = argv[1].replace('--dir=', '');
      expect(await proxied('full', `file?path=${models}/ready`)).toBe('yes');
      expect(await proxied('full', `file?path=${env.MOUNTED}`)).toBe('fast');
      await expect(
        kubectl(`--kubeconfig=${env.KUBECONFIG}`, 'auth', 'whoami'),
      ).resolves.toContain('system:serviceaccount:default:default');
      expect((await get<V1Pod>('pvc', 'models')).status?.phase).toBe('Bound');

      await kubectl(
        'patch',
        'configmap',
        'settings',
        '--patch={"data":{"mode":"slow"}}',
      );
      await until(
        'the new value in the volume',
        async () =>
          (await proxied('full', `file?path=${env.MOUNTED}`)) === 'slow',
      );
    },
    TIMEOUT_MS,
  );

  it(
    'is reached by Service names and NodePorts while it is ready',
    async () => {
      await apply({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'full' },
        spec: {
          type: 'NodePort',
          selector: { app: 'full' },
          ports: [{ port: 80, targetPort: 'http', nodePort: NODE_PORT }],
        },
      });
      const url = new URL(`http://${agent.nodePortAddress}:${NODE_PORT}/`);
      const viaNodePort = () =>
        requestStatus(url, '/').then(
          status => status === 200,
          () => false,
        );
      const viaProxy = () =>
        requestStatus(
          new URL(agent.podProxyUrl),
          'http://full.default.svc.cluster.local/',
        );
      await until('an answer on the node port', viaNodePort);
      expect(await viaProxy()).toBe(200);

      await proxied('full', 'sicken');
      await until('no ready endpoint', async () => !(await viaNodePort()));
      expect(await viaProxy()).toBe(502);
      expect(await events('full')).toContain(
        'Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503',
      );
    },
    TIMEOUT_MS,
  );

  it(
    'shows logs, follows them, and keeps the previous run’s',
    async () => {
      await apply(server('logs'));
      await untilReady('logs');
      const follower = spawn(
        path.join(binDir, 'kubectl'),
        ['logs', '-f', 'logs'],
        { env: kubectlEnv(controlPlane.kubeconfig) },
      );
      followers.push(follower);
      let followed = '';
      follower.stdout.on('data', chunk => {
        followed += chunk;
      });
      await until('the log', async () => followed.includes('listening'));
      await proxied('logs', 'log?line=now');
      await until('a line as it comes', async () => followed.includes('now\n'));
      expect(await kubectl('logs', 'logs', '--tail=1')).toBe('now\n');

      await proxied('logs', 'exit?code=7').catch(() => {});
      await until(
        'a restart',
        async () =>
          (await container('logs'))?.restartCount === 1 &&
          (await container('logs'))?.ready === true,
      );
      expect((await container('logs'))?.lastState?.terminated).toMatchObject({
        exitCode: 7,
        reason: 'Error',
      });
      expect(await kubectl('logs', 'logs', '--previous')).toBe(
        'listening\nnow\n',
      );
      expect(await kubectl('logs', 'logs')).toBe('listening\n');
    },
    TIMEOUT_MS,
  );

  it(
    'kills what fails its liveness probe, and starts it again',
    async () => {
      await apply(
        server('sick', {
          // Node may take its time to start on a busy machine.
          startupProbe: {
            httpGet: { path: '/health', port: 'http' },
            periodSeconds: 1,
            failureThreshold: 60,
          },
          livenessProbe: {
            httpGet: { path: '/health', port: 'http' },
            periodSeconds: 1,
            timeoutSeconds: 20,
            failureThreshold: 1,
          },
        }),
      );
      await untilReady('sick');
      await proxied('sick', 'sicken');
      await until(
        'a restart',
        async () =>
          (await container('sick'))?.restartCount === 1 &&
          (await container('sick'))?.ready === true,
      );
      const seen = await events('sick');
      expect(seen).toContain(
        'Killing: Container main failed liveness probe, will be restarted',
      );
      expect(seen).toContain(
        'Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 503',
      );
    },
    TIMEOUT_MS,
  );

  it(
    'backs off from what keeps crashing',
    async () => {
      await apply(
        script('crash', 'console.log("no weights"); process.exit(3)'),
      );
      await untilWaiting('crash', 'CrashLoopBackOff');
      const { metadata } = await pod('crash');
      const status = await container('crash');
      expect(status?.state?.waiting?.message).toBe(
        `back-off 10s restarting failed container=main pod=crash_default(${metadata?.uid})`,
      );
      expect(status?.lastState?.terminated).toMatchObject({
        exitCode: 3,
        reason: 'Error',
        message: 'no weights\n',
      });
      expect((await pod('crash')).status?.phase).toBe('Running');
      expect(await events('crash')).toContain(
        `BackOff: Back-off restarting failed container main in pod crash_default(${metadata?.uid})`,
      );
    },
    TIMEOUT_MS,
  );

  it(
    'ends pods that are not to be started again',
    async () => {
      await apply(
        script('good', '', { restartPolicy: 'Never' }),
        script('bad', 'process.exit(1)', { restartPolicy: 'Never' }),
      );
      const phase = async (name: string) => (await pod(name)).status?.phase;
      await until(
        'both to end',
        async () =>
          (await phase('good')) === 'Succeeded' &&
          (await phase('bad')) === 'Failed',
      );
      expect((await container('bad'))?.state?.terminated).toMatchObject({
        exitCode: 1,
        reason: 'Error',
      });
      expect((await container('good'))?.restartCount).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'says what is missing, and goes on when it comes',
    async () => {
      await apply(
        server('needs-env', {
          env: [
            {
              name: 'TOKEN',
              valueFrom: { secretKeyRef: { name: 'late', key: 'token' } },
            },
          ],
        }),
        server(
          'needs-mount',
          { volumeMounts: [{ name: 'x', mountPath: '/x' }] },
          { volumes: [{ name: 'x', secret: { secretName: 'late' } }] },
        ),
      );
      await untilWaiting('needs-env', 'CreateContainerConfigError');
      expect((await container('needs-env'))?.state?.waiting?.message).toBe(
        'secret "late" not found',
      );
      await untilWaiting('needs-mount', 'ContainerCreating');
      await until('the event', async () =>
        (
          await events('needs-mount')
        ).includes(
          'FailedMount: MountVolume.SetUp failed for volume "x" : secret "late" not found',
        ),
      );
      await apply({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'late' },
        stringData: { token: 't' },
      });
      await untilReady('needs-env');
      await untilReady('needs-mount');
    },
    TIMEOUT_MS,
  );

  it(
    'refuses images that it does not know, in the kubelet’s words',
    async () => {
      await apply(
        simplePod('no-image', {
          containers: [{ name: 'main', image: 'vllm/vllm-openai:nope' }],
        }),
        simplePod('bad-name', {
          containers: [{ name: 'main', image: 'VLLM/Server' }],
        }),
      );
      await untilWaiting('no-image', 'ImagePullBackOff');
      expect((await container('no-image'))?.state?.waiting?.message).toMatch(
        /^Back-off pulling image "vllm\/vllm-openai:nope": ErrImagePull: rpc error: code = NotFound/,
      );
      await untilWaiting('bad-name', 'InvalidImageName');
      expect(await events('bad-name')).toContain(
        'InspectFailed: Failed to apply default image tag "VLLM/Server": couldn\'t parse image name "VLLM/Server": invalid reference format: repository name (Server) must be lowercase',
      );
    },
    TIMEOUT_MS,
  );

  it(
    'lets a pod wait for an image that is being made, and starts it by itself',
    async () => {
      await apply(server('late', { image: 'test/late:1', args: ['--mine'] }));
      await until(
        'late to say what it waits for',
        async () =>
          (await container('late'))?.state?.waiting?.message ===
          'It is being compiled',
      );
      expect((await container('late'))?.state?.waiting?.reason).toBe(
        'ContainerCreating',
      );
      expect((await pod('late')).status?.phase).toBe('Pending');
      expect(await events('late')).toEqual(
        expect.arrayContaining(['Pulling: Pulling image "test/late:1"']),
      );
      expect((await events('late')).join()).not.toContain('Pulled');

      late.isThere = true;
      await untilReady('late');
      const { argv } = JSON.parse(await proxied('late', '')) as {
        argv: string[];
      };
      expect(argv.slice(-2)).toEqual([
        '--mine',
        expect.stringMatching(/^--listen=127\.250\./),
      ]);
    },
    TIMEOUT_MS,
  );

  it(
    'serves the metrics of an exporter that it plays',
    async () => {
      await apply(
        simplePod('exporter', {
          containers: [
            {
              name: 'main',
              image: 'registry.k8s.io/exporter:1',
              ports: [{ containerPort: 8000 }],
            },
          ],
        }),
      );
      await untilReady('exporter');
      expect(await proxied('exporter', 'metrics')).toMatch(
        /^kube_pod_status_phase\{namespace="default",pod="exporter",uid="[^"]+",phase="Running"\} [01]$/m,
      );
      await kubectl('delete', 'pod', 'exporter');
      await expect(proxied('exporter', 'metrics')).rejects.toThrow();
    },
    TIMEOUT_MS,
  );

  it(
    'shows a known image without a process, and says that it is simulated',
    async () => {
      await apply(
        simplePod('pause', {
          containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }],
        }),
      );
      await untilReady('pause');
      await until(
        'the annotation',
        async () =>
          (
            await pod('pause')
          ).metadata?.annotations?.['llm-platform.dev/simulated'] ===
          'component',
      );
      expect(await kubectl('logs', 'pause')).toContain('simulated');
    },
    TIMEOUT_MS,
  );

  it(
    'says that exec is not supported',
    async () => {
      await expect(kubectl('exec', 'pause', '--', 'ls')).rejects.toThrow(
        'exec is not supported by the embedded node agent',
      );
    },
    TIMEOUT_MS,
  );

  it(
    'lets a GPU node join for a pod, and leave when it is idle',
    async () => {
      const nodes = async () =>
        (await get<{ items: V1Node[] }>('nodes')).items.length;
      const gpu = (name: string) =>
        simplePod(name, {
          tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
          containers: [
            {
              name: 'main',
              image: 'registry.k8s.io/pause:3.10',
              resources: { limits: { 'nvidia.com/gpu': '1' } },
            },
          ],
        });
      await apply(gpu('gpu-1'), gpu('gpu-2'));
      await untilReady('gpu-1');
      await untilReady('gpu-2');
      expect(await nodes()).toBe(6);
      await kubectl('delete', 'pod', 'gpu-1', 'gpu-2');
      await until('the node to leave', async () => (await nodes()) === 5);
    },
    TIMEOUT_MS,
  );

  it(
    'ends a deleted pod’s process, and removes its volume’s data',
    async () => {
      await proxied('full', `write?path=${await modelsDir()}/kept`);
      await kubectl('delete', 'pod', 'full', '--wait');
      expect(await events('full')).toContain(
        'Killing: Stopping container main',
      );
      await kubectl('delete', 'pvc', 'models', '--wait');
      await until(
        'the volume to go',
        async () => (await kubectl('get', 'pv', '-o', 'name')) === '',
      );
    },
    TIMEOUT_MS,
  );

  async function modelsDir(): Promise<string> {
    const { argv } = JSON.parse(await proxied('full', '')) as {
      argv: string[];
    };
    return argv[1].replace('--dir=', '');
  }

  it(
    'takes its pods up again after a restart',
    async () => {
      const before = await pod('needs-env');
      const simulated = await container('pause');
      await agent.stop();
      expect((await pod('needs-env')).status?.phase).toBe('Running');
      agent = await startAgent();
      await until('it to run again', async () => {
        const status = await container('needs-env');
        return status?.restartCount === 1 && status.ready;
      });
      const after = await pod('needs-env');
      expect(after.metadata?.uid).toBe(before.metadata?.uid);
      expect(after.status?.podIP).toBe(before.status?.podIP);
      expect(
        after.status?.containerStatuses?.[0].lastState?.terminated,
      ).toMatchObject({ exitCode: 255, reason: 'Unknown' });
      await untilReady('pause');
      expect((await container('pause'))?.restartCount).toBe(
        simulated?.restartCount,
      );
    },
    TIMEOUT_MS,
  );
});

/** Status of a request on a connection of its own. */
function requestStatus(
  server: URL,
  target: string,
): Promise<number | undefined> {
  const { hostname: host, port } = server;
  return new Promise((resolve, reject) => {
    http
      .get({ host, port, path: target, agent: false }, response => {
        response.resume();
        resolve(response.statusCode);
      })
      .on('error', reject);
  });
}
