import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findRepoDir } from './repoDir';
import { TestCluster } from './testing/TestCluster';

const INSTANCE = 6;
const repoDir = findRepoDir();
const GPU_NODE = 'ip-10-0-1-21.us-west-2.compute.internal';

interface Workloads {
  items: Array<{ kind: string; metadata: { namespace: string; name: string } }>;
}

describe('yarn golden-checks on the embedded cluster', () => {
  let cluster: TestCluster;

  /** Runs it as scripts/golden-checks.mjs does; the rows that failed are read from its JUnit file. */
  const goldenChecks = async () => {
    const junit = path.join(cluster.stateDir, 'golden', 'checks.xml');
    const { code, table } = await new Promise<{ code: number; table: string }>(
      resolve => {
        execFile(
          process.execPath,
          [
            '--import',
            path.join(repoDir, 'node_modules/tsx/dist/loader.mjs'),
            path.join(repoDir, 'packages/platform/src/golden/main.ts'),
            `--kubeconfig=${cluster.kubeconfig}`,
            `--junit=${junit}`,
          ],
          { env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' } },
          (error, stdout, stderr) =>
            resolve({
              code: error ? Number(error.code) : 0,
              table: stdout + stderr,
            }),
        );
      },
    );
    const xml = existsSync(junit) ? readFileSync(junit, 'utf8') : '';
    const named = (ending: string) =>
      [
        ...xml.matchAll(
          /<testcase classname="[^"]*" name="([^"]*)"[^>]*>(<[\w-]+)/g,
        ),
      ]
        .filter(([, , then]) => then === ending)
        .map(([, name]) => name);
    return {
      code,
      table,
      passed: named('<system-out'),
      failed: named('<failure'),
    };
  };
  const untilGreen = () =>
    cluster.waitFor(
      'the golden checks to be green',
      async () => (await goldenChecks()).code === 0,
    );

  beforeAll(async () => {
    cluster = await TestCluster.create({ instance: INSTANCE, platform: true });
    await cluster.up();
    await untilGreen();
  });

  afterAll(async () => {
    await cluster?.dispose();
  });

  it('is green, and has looked at everything that the platform deploys', async () => {
    const { code, table, passed, failed } = await goldenChecks();
    expect([code, failed]).toEqual([0, []]);
    expect(table.trimEnd()).toMatch(/\n\d+ passed, 0 failed$/);

    const { items } = await cluster.get<Workloads>(
      'deployments,daemonsets',
      '-A',
      '--selector=app.kubernetes.io/part-of=llm-platform',
    );
    expect(passed).toEqual(
      expect.arrayContaining(
        items.map(
          ({ kind, metadata }) =>
            `${kind} ${metadata.namespace}/${metadata.name}`,
        ),
      ),
    );
    expect(passed).toEqual(
      expect.arrayContaining([
        `GPUs of ${GPU_NODE}`,
        'Volume observability/prometheus-data',
        'POST /api/quant/predict',
        'POST /api/finetune/predict',
        'POST /api/eval/predict',
        'POST /v1/chat/completions, streamed',
        'Dashboard gateway.json',
      ]),
    );
  });

  it('leaves no key behind', async () => {
    await goldenChecks();
    expect(
      await cluster.kubectl('get', 'secrets', '-A', '--output=name'),
    ).not.toContain('golden-checks');
  });

  it('is red where the model is stopped', async () => {
    const scale = (replicas: number) =>
      cluster.kubectl(
        'scale',
        'deployment/baseline',
        '--namespace=llm-baseline',
        `--replicas=${replicas}`,
      );
    await scale(0);
    const { code, failed } = await goldenChecks();
    expect(code).toBe(1);
    expect(failed).toEqual(
      expect.arrayContaining([
        'Deployment llm-baseline/baseline',
        'POST /v1/chat/completions, streamed',
      ]),
    );
    expect(failed).not.toContain('Deployment quant/quant-api');
    await scale(1);
    await untilGreen();
  });

  it('is red where a StorageClass is removed, in its rows alone', async () => {
    const { items } = await cluster.get<{ items: object[] }>(
      'storageclasses',
      '--field-selector=metadata.name=gp3',
    );
    await cluster.kubectl('delete', 'storageclass', 'gp3');
    expect(await goldenChecks()).toMatchObject({
      code: 1,
      failed: ['StorageClass gp3', 'Default StorageClass'],
    });
    const { metadata, ...rest } = items[0] as {
      metadata: { name: string; annotations: object };
    };
    const { name, annotations } = metadata;
    await cluster.apply({ ...rest, metadata: { name, annotations } });
    expect((await goldenChecks()).failed).toEqual([]);
  });

  it('is red where a GPU node offers no GPUs, in its row alone', async () => {
    await cluster.kubectl(
      'patch',
      `node/${GPU_NODE}`,
      '--subresource=status',
      '--type=json',
      '--patch=[{"op":"remove","path":"/status/allocatable/nvidia.com~1gpu"}]',
    );
    expect(await goldenChecks()).toMatchObject({
      code: 1,
      failed: [`GPUs of ${GPU_NODE}`],
    });
  });

  it('says by another exit code that it could not check', async () => {
    await cluster.stop();
    const { code, table } = await goldenChecks();
    expect(code).toBe(2);
    expect(table).toContain('The checks could not be made');
  });
});
