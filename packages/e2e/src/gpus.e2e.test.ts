import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environment, openPortal, repository } from './harness/portal';
import { E2E_INSTANCE } from './harness/settings';
import { waitFor } from './harness/waitFor';

const portal = openPortal();
const PAT = 'user:default/pat';
const LABEL = 'llm-platform.dev/e2e=gpus';

interface Pod {
  metadata: { name: string };
  spec: {
    nodeName?: string;
    containers: Array<{
      resources?: { requests?: Record<string, string> };
    }>;
  };
  status: { phase: string };
}
interface Node {
  metadata: { name: string };
  spec: { unschedulable?: boolean };
  status: {
    capacity: Record<string, string>;
    allocatable: Record<string, string>;
    conditions: Array<{ type: string; status: string }>;
  };
}

/** What `kubectl get nodes,pods -A -o json` says, counted by hand. */
async function countedFromKubectl() {
  const { items: nodes } = JSON.parse(
    await portal.kubectl('get', 'nodes', '-o', 'json'),
  ) as { items: Node[] };
  const { items: pods } = JSON.parse(
    await portal.kubectl('get', 'pods', '-A', '-o', 'json'),
  ) as { items: Pod[] };
  const gpus = (quantities: Record<string, string> = {}) =>
    Number(quantities['nvidia.com/gpu'] ?? 0);
  const asked = (pod: Pod) =>
    pod.spec.containers.reduce(
      (sum, { resources }) => sum + gpus(resources?.requests),
      0,
    );
  const alive = pods.filter(
    pod => !['Succeeded', 'Failed'].includes(pod.status.phase),
  );
  const on = (name: string) =>
    alive
      .filter(pod => pod.spec.nodeName === name)
      .reduce((sum, pod) => sum + asked(pod), 0);
  const usable = nodes.filter(
    node =>
      !node.spec.unschedulable &&
      node.status.conditions.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      ),
  );
  return {
    capacity: nodes.reduce((sum, node) => sum + gpus(node.status.capacity), 0),
    allocated: alive
      .filter(pod => pod.spec.nodeName)
      .reduce((sum, pod) => sum + asked(pod), 0),
    pending: alive
      .filter(pod => !pod.spec.nodeName)
      .reduce((sum, pod) => sum + asked(pod), 0),
    free: usable.reduce(
      (sum, node) =>
        sum +
        Math.max(0, gpus(node.status.allocatable) - on(node.metadata.name)),
      0,
    ),
  };
}

/** A repeatable set of pods: with and without GPU, schedulable and not. */
function podSet(seed: number) {
  let state = seed * 2654435761;
  const random = (below: number) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
  return Array.from({ length: 1 + random(4) }, (_, index) => {
    const wanted = random(3);
    const resources = wanted > 0 ? { 'nvidia.com/gpu': String(wanted) } : {};
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `gpus-${seed}-${index}`,
        namespace: ['quant', 'finetune', 'eval'][random(3)],
        labels: { 'llm-platform.dev/e2e': 'gpus' },
      },
      spec: {
        terminationGracePeriodSeconds: 0,
        tolerations:
          random(4) > 0 ? [{ key: 'nvidia.com/gpu', operator: 'Exists' }] : [],
        containers: [
          {
            name: 'pause',
            image: 'registry.k8s.io/pause:3.10',
            resources: { requests: resources, limits: resources },
          },
        ],
      },
    };
  });
}

async function apply(objects: unknown[]): Promise<void> {
  await new Promise<void>((done, failed) => {
    const child = spawn(
      process.execPath,
      [
        join(repository, 'scripts/dev-cluster.mjs'),
        `--instance=${E2E_INSTANCE}`,
        'kubectl',
        'apply',
        '-f',
        '-',
      ],
      {
        cwd: repository,
        env: environment(),
        stdio: ['pipe', 'ignore', 'inherit'],
      },
    );
    child.once('exit', code =>
      code === 0 ? done() : failed(new Error(`kubectl apply: ${code}`)),
    );
    child.stdin.end(
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    );
  });
}

async function deletePods(): Promise<void> {
  for (const namespace of ['quant', 'finetune', 'eval']) {
    await portal.kubectl(
      'delete',
      'pods',
      '-n',
      namespace,
      '-l',
      LABEL,
      '--wait',
    );
  }
}

describe('the GPU figures', () => {
  afterEach(deletePods);

  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    'equal those counted from kubectl: pod set %i',
    async seed => {
      await apply(podSet(seed));
      // The cluster is moving (pods get bound, a node joins): both sides are
      // read until they agree on one moment, and each must hold still for it.
      let shown: unknown;
      let counted: unknown;
      await waitFor(
        'kubectl to say the same before and after the portal was asked, and the portal to agree',
        async () => {
          const before = await countedFromKubectl();
          const response = await portal.api(PAT, '/api/models/v1/gpus');
          const {
            total: { capacity, allocated, pending, free },
          } = (await response.json()) as { total: typeof before };
          counted = await countedFromKubectl();
          shown = { capacity, allocated, pending, free };
          return [before, shown].every(
            counts => JSON.stringify(counts) === JSON.stringify(counted),
          );
        },
        { timeoutSeconds: 30 },
      ).catch(() => undefined);
      expect(shown).toEqual(counted);
    },
  );
});
