import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { TestCluster, processesOf, processesWith } from './testing/TestCluster';
import { askService } from './testing/serviceProxy';
import { gpuPod, modelDeployment, podOf } from './testing/manifests';

interface Pod {
  metadata: { name: string; uid: string };
  spec: { nodeName?: string };
  status: {
    phase: string;
    containerStatuses?: Array<{
      restartCount: number;
      ready: boolean;
      state: { waiting?: { reason: string; message?: string } };
      lastState: { terminated?: { exitCode: number; reason: string } };
    }>;
  };
}
interface List<T> {
  items: T[];
}
interface Node {
  metadata: { name: string; labels: Record<string, string> };
  status: {
    allocatable: Record<string, string>;
    conditions: Array<{ type: string; status: string }>;
  };
}
interface Event {
  type: string;
  reason: string;
  message: string;
}

const INSTANCE = 7;
const TEAM = 'quant';
const MODEL = 'smollm2-it';
const QUESTION = {
  model: MODEL,
  messages: [{ role: 'user', content: 'What is the capital of France?' }],
  max_tokens: 24,
  temperature: 0,
  stream: true,
};

describe('the embedded cluster', () => {
  let cluster: TestCluster;

  const isReady = (node: Node) =>
    node.status.conditions.some(c => c.type === 'Ready' && c.status === 'True');
  const modelPods = async () =>
    (
      await cluster.get<List<Pod>>(
        'pods',
        `--namespace=${TEAM}`,
        `--selector=llm-platform.dev/model=${MODEL}`,
      )
    ).items;
  const modelProcesses = () => processesWith('model-server/main.cjs', MODEL);
  const rolledOut = () =>
    cluster.kubectl(
      'rollout',
      'status',
      `deployment/${MODEL}`,
      `--namespace=${TEAM}`,
      '--timeout=120s',
    );
  const pod = (name: string) =>
    cluster.get<Pod>('pod', name, `--namespace=${TEAM}`);
  const eventsOf = async (name: string) =>
    (
      await cluster.get<List<Event>>(
        'events',
        `--namespace=${TEAM}`,
        `--field-selector=involvedObject.name=${name}`,
      )
    ).items;

  beforeAll(async () => {
    cluster = await TestCluster.create({ instance: INSTANCE, platform: true });
    await cluster.up();
  });

  afterAll(async () => {
    await cluster?.dispose();
  });

  it('has five nodes, as a small EKS cluster with one GPU', async () => {
    const { items } = await cluster.get<List<Node>>('nodes');

    expect(items.filter(isReady)).toHaveLength(5);
    expect(
      items
        .map(n => n.metadata.labels['node.kubernetes.io/instance-type'])
        .sort(),
    ).toEqual([
      'g4dn.xlarge',
      't3.medium',
      't3.medium',
      't3.medium',
      't3.medium',
    ]);
    expect(
      items.filter(n => n.status.allocatable['nvidia.com/gpu'] === '1'),
    ).toHaveLength(1);
  });

  it('runs the whole platform', async () => {
    const unfinished = async () =>
      (await cluster.get<List<Pod>>('pods', '-A')).items
        .filter(p => p.status.phase !== 'Running')
        .map(p => p.metadata.name);
    await cluster.waitFor(
      'all pods to be Running',
      async () => (await unfinished()).length === 0,
    );

    expect(await cluster.kubectl('get', 'pods', '-A', '-o', 'name')).toContain(
      'pod/gateway-',
    );
  });

  it('gives the portal a token for its own account, not for everything', async () => {
    const kubeconfig = path.join(cluster.stateDir, 'portal', 'kubeconfig');
    const asPortal = (...args: string[]) =>
      cluster.kubectl(`--kubeconfig=${kubeconfig}`, ...args);

    await expect(asPortal('auth', 'whoami')).resolves.toContain(
      'system:serviceaccount:platform:llm-platform-portal',
    );
    await expect(asPortal('get', 'pods', '-A')).resolves.toBeDefined();
    await expect(
      asPortal('get', 'secrets', '--namespace=kube-system'),
    ).rejects.toThrow('forbidden');
  });

  it('starts a model that answers a streamed chat through the apiserver', async () => {
    await cluster.apply(modelDeployment(TEAM, MODEL));
    await rolledOut();

    const { chunks, text } = await chat(cluster);

    expect(text).toContain('Paris');
    expect(chunks).toBeGreaterThan(3);
  });

  it('answers through the gateway with an application key, and only with one', async () => {
    const key = `sk-llmp-${randomBytes(32).toString('base64url')}`;
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'integration-test-key',
        namespace: 'platform',
        labels: { 'llm-platform.dev/credential': 'application-key' },
      },
      stringData: {
        id: 'integration-test',
        team: TEAM,
        models: JSON.stringify(['*']),
        hash: createHash('sha256').update(key).digest('hex'),
      },
    });
    const ask = (authorization?: string) =>
      fetch(`http://${cluster.address}:30080/v1/chat/completions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(authorization ? { authorization } : {}),
        },
        body: JSON.stringify(QUESTION),
      });

    expect((await ask()).status).toBe(401);
    expect((await ask('Bearer sk-llmp-wrong')).status).toBe(401);
    await cluster.waitFor(
      'the gateway to know the key',
      async () => (await ask(`Bearer ${key}`)).status === 200,
      15_000,
    );
    expect(await (await ask(`Bearer ${key}`)).text()).toContain('Paris');
  });

  it('follows a log', async () => {
    const logs = cluster.follow(
      'logs',
      '-f',
      `deployment/${MODEL}`,
      `--namespace=${TEAM}`,
    );
    try {
      await cluster.waitFor(
        'the start-up lines',
        async () => logs.text().includes('Application startup complete'),
        30_000,
      );
      const requests = () =>
        logs.text().split('POST /v1/chat/completions').length - 1;
      const before = requests();
      await chat(cluster);
      await cluster.waitFor(
        'the line of the new request',
        async () => requests() > before,
        30_000,
      );
      expect(requests()).toBe(before + 1);
    } finally {
      logs.stop();
    }
  });

  it('starts a killed container again and counts it', async () => {
    const [pid] = modelProcesses();
    process.kill(pid, 'SIGKILL');

    await cluster.waitFor('the restart', async () => {
      const [{ status }] = await modelPods();
      const container = status.containerStatuses?.[0];
      return container?.restartCount === 1 && container.ready;
    });

    const [{ status }] = await modelPods();
    expect(status.containerStatuses?.[0].lastState.terminated).toMatchObject({
      exitCode: 137,
    });
    expect(modelProcesses()).toHaveLength(1);
  });

  it('keeps its state when the launcher is killed and started again', async () => {
    const [before] = await modelPods();

    await cluster.kill();
    await cluster.up();
    await rolledOut();

    const pods = await modelPods();
    expect(pods).toHaveLength(1);
    expect(pods[0].metadata.uid).toBe(before.metadata.uid);
    expect(modelProcesses()).toHaveLength(1);
    const { text } = await chat(cluster);
    expect(text).toContain('Paris');
  });

  it('leaves no process of a deleted Deployment', async () => {
    await cluster.kubectl(
      'delete',
      'deployment',
      MODEL,
      `--namespace=${TEAM}`,
      '--wait',
    );

    await cluster.waitFor(
      'the pods to be gone',
      async () => (await modelPods()).length === 0,
    );
    expect(modelProcesses()).toEqual([]);
  });

  it('lets a second GPU node join for a pod that has no GPU', async () => {
    await cluster.apply(gpuPod(TEAM, 'gpu-one'));
    await cluster.waitFor(
      'the first GPU pod',
      async () => (await pod('gpu-one')).status.phase === 'Running',
    );
    await cluster.apply(gpuPod(TEAM, 'gpu-two'));
    await cluster.waitFor('the event of the scheduler', async () =>
      (
        await eventsOf('gpu-two')
      ).some(
        e =>
          e.reason === 'FailedScheduling' &&
          e.message.includes('Insufficient nvidia.com/gpu'),
      ),
    );

    await cluster.waitFor(
      'the second GPU pod',
      async () => (await pod('gpu-two')).status.phase === 'Running',
    );

    const { items } = await cluster.get<List<Node>>('nodes');
    expect(items.filter(isReady)).toHaveLength(6);
    const [one, two] = [await pod('gpu-one'), await pod('gpu-two')];
    expect(one.spec.nodeName).not.toBe(two.spec.nodeName);
  });

  it.each([
    {
      name: 'no-such-tag',
      image: 'vllm/vllm-openai:v99.0.0',
      reasons: ['ErrImagePull', 'ImagePullBackOff'],
      event: 'Failed to pull image "vllm/vllm-openai:v99.0.0"',
    },
    {
      name: 'no-such-name',
      image: 'Not/An/Image',
      reasons: ['InvalidImageName'],
      event: 'Failed to apply default image tag "Not/An/Image"',
    },
  ])(
    'says of $image what the kubelet says',
    async ({ name, image, reasons, event }) => {
      await cluster.apply(podOf(TEAM, name, image));

      await cluster.waitFor('the waiting reason', async () =>
        reasons.includes(
          (
            await pod(name)
          ).status.containerStatuses?.[0].state.waiting?.reason ?? '',
        ),
      );
      await cluster.waitFor('the event', async () =>
        (await eventsOf(name)).some(e => e.type === 'Warning'),
      );
      expect((await eventsOf(name)).map(e => e.message)).toContainEqual(
        expect.stringContaining(event),
      );
    },
  );

  it('leaves nothing running when it is stopped', async () => {
    expect(processesOf(cluster).length).toBeGreaterThan(5);

    await cluster.stop();

    expect(processesOf(cluster)).toEqual([]);
  });
});

/** A streamed chat with the model, over the apiserver's proxy. */
async function chat(
  cluster: TestCluster,
): Promise<{ chunks: number; text: string }> {
  const { status, text, chunks } = await askService(cluster, {
    namespace: TEAM,
    name: MODEL,
    path: '/v1/chat/completions',
    body: QUESTION,
  });
  if (status !== 200) {
    throw new Error(`${status}: ${text}`);
  }
  return { chunks, text: answerOf(text) };
}

function answerOf(stream: string): string {
  return stream
    .split('\n')
    .filter(line => line.startsWith('data: {'))
    .map(
      line =>
        JSON.parse(line.slice('data: '.length)).choices[0]?.delta?.content ??
        '',
    )
    .join('');
}
