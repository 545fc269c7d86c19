import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestCluster } from '../testing/TestCluster';

const INSTANCE = 7;
const KEY = `sk-llmp-${randomBytes(32).toString('base64url')}`;
/** Prometheus looks every 15 seconds, and a pod has to start before. */
const SCRAPED_MS = 120_000;

/** A pod of quant that says, in every way it can, that it is eval's. */
const FORGER = `
const http = require('http');
const metrics = [
  'forged_value{way="plain",team="eval"} 1',
  'forged_value{way="twice",team="eval",exported_team="eval",exported_exported_team="eval"} 2',
  'forged_value{way="target",team="eval",namespace="eval",job="gateway",pod="eval-api"} 3',
  'forged_value{way="past",team="eval"} 4 946684800000',
  'forged_value{way="none"} 5',
  'vllm:num_requests_running{model_name="eval-model",team="eval"} 6',
  'llm_gateway_tokens_total{team="eval",model="m",key="k",direction="prompt"} 7',
  'DCGM_FI_DEV_GPU_UTIL{gpu="9",namespace="eval",pod="eval-api",team="eval"} 8',
  'kube_pod_status_phase{namespace="eval",pod="eval-api",phase="Failed",team="eval"} 9',
].join('\\n') + '\\n';
for (const port of [8000, 9090]) {
  http
    .createServer((request, response) => {
      if (process.env.LEADS_TO && request.url === '/metrics') {
        response.writeHead(302, { location: process.env.LEADS_TO }).end();
      } else {
        response
          .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
          .end(metrics);
      }
    })
    .listen(port, process.env.HOST);
}
process.on('SIGTERM', () => process.exit(0));
`;

interface Series {
  metric: Record<string, string>;
  value: [number, string];
}

describe('the team of a series in Prometheus', () => {
  let cluster: TestCluster;
  const folder = mkdtempSync(path.join(tmpdir(), 'llmp-forger-'));

  const ask = async <T>(where: string): Promise<T> => {
    const response = await fetch(`http://${cluster.address}:30090${where}`);
    if (!response.ok) {
      throw new Error(`${where}: ${response.status} ${await response.text()}`);
    }
    return ((await response.json()) as { data: T }).data;
  };
  const query = async (expr: string) =>
    (
      await ask<{ result: Series[] }>(
        `/api/v1/query?query=${encodeURIComponent(expr)}`,
      )
    ).result;
  /** Names and labels of what a team sees, but for what a process grows by itself. */
  const seriesOf = async (team: string) =>
    (await query(`{team="${team}",__name__!~"nodejs_.+|process_.+"}`))
      .map(({ metric }) => JSON.stringify(Object.entries(metric).sort()))
      .sort();
  const untilThere = (expr: string) =>
    cluster.waitFor(
      expr,
      async () => (await query(expr).catch((): Series[] => [])).length > 0,
      SCRAPED_MS,
    );

  beforeAll(async () => {
    writeFileSync(path.join(folder, 'server.js'), FORGER);
    writeFileSync(
      path.join(folder, 'Dockerfile'),
      'FROM node:22\nCOPY server.js server.js\nENTRYPOINT ["node", "server.js"]\n',
    );
    cluster = await TestCluster.create({ instance: INSTANCE, platform: true });
    await cluster.up();
    await cluster.devCluster('image', 'build', folder, '-t', 'test/forger:1');
    await untilThere('team_service_requests_total{team="eval"}');
    await untilThere('kube_pod_status_phase{namespace="eval"}');
    await untilThere('kubelet_volume_stats_capacity_bytes{namespace="eval"}');
  });

  afterAll(async () => {
    await cluster?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is on every series, and nobody is called by another name', async () => {
    expect(await query('{__name__=~".+",team=""}')).toEqual([]);
    const teams = await query('count by (team) ({__name__=~".+"})');
    expect(teams.map(({ metric }) => metric.team).sort()).toEqual([
      'eval',
      'finetune',
      'platform',
      'quant',
    ]);
  });

  it('is that of the namespace, whatever a pod of it says', async () => {
    const before = await seriesOf('eval');
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'forger',
        namespace: 'quant',
        labels: {
          'llm-platform.dev/team': 'eval',
          'llm-platform.dev/model': 'forger',
          'llm-platform.dev/service': 'eval-api',
          'app.kubernetes.io/name': 'dcgm-exporter',
        },
        annotations: { 'llm-platform.dev/team': 'eval' },
      },
      spec: {
        terminationGracePeriodSeconds: 1,
        tolerations: [
          { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
        ],
        containers: [
          {
            name: 'main',
            image: 'test/forger:1',
            ports: [
              { name: 'http', containerPort: 8000 },
              { name: 'metrics', containerPort: 9090 },
            ],
            resources: { limits: { 'nvidia.com/gpu': '1' } },
          },
        ],
      },
    });
    await untilThere('forged_value{job="models"}');
    await untilThere('forged_value{job="team-services"}');
    await untilThere('DCGM_FI_DEV_FB_USED{pod="forger"}');

    const forged = await query(
      '{pod="forger",namespace="quant",job=~"models|team-services"}',
    );
    expect(forged.length).toBeGreaterThan(12);
    expect(new Set(forged.map(({ metric }) => metric.team))).toEqual(
      new Set(['quant']),
    );
    expect(
      (await query('forged_value{job="models"}'))
        .map(({ metric, value }) => [metric.way, metric.team, value[1]])
        .sort(),
    ).toEqual([
      ['none', 'quant', '5'],
      ['past', 'quant', '4'],
      ['plain', 'quant', '1'],
      ['target', 'quant', '3'],
      ['twice', 'quant', '2'],
    ]);
    expect(await query('{__name__=~".+",exported_team=~".+"}')).toEqual([]);
    // Alerts and dashboards of the platform believe these.
    expect(
      forged.filter(({ metric }) =>
        /^(llm_gateway|DCGM_FI|kube)_/.test(metric.__name__),
      ),
    ).toEqual([]);
    expect(await seriesOf('eval')).toEqual(before);
  });

  it('is not put on what a pod leads Prometheus to', async () => {
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'leading',
        namespace: 'quant',
        labels: { 'llm-platform.dev/model': 'leading' },
      },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: 'main',
            image: 'test/forger:1',
            env: [{ name: 'LEADS_TO', value: '/elsewhere' }],
            ports: [{ name: 'http', containerPort: 8000 }],
          },
        ],
      },
    });
    await untilThere(
      'kube_pod_status_ready{pod="leading",condition="true"} == 1',
    );
    await untilThere(
      `timestamp(up{job="models",pod="leading"}) > ${Date.now() / 1000 + 1}`,
    );
    expect(
      (await query('up{job="models",pod="leading"}')).map(
        ({ value }) => value[1],
      ),
    ).toEqual(['0']);
    expect(await query('forged_value{pod="leading"}')).toEqual([]);
  });

  it('is that of the GPU’s holder, and says that the GPU is simulated', async () => {
    const [{ metric, value }] = await query(
      'DCGM_FI_DEV_FB_USED{pod="forger"}',
    );
    expect(metric).toMatchObject({
      team: 'quant',
      namespace: 'quant',
      container: 'main',
      modelName: 'Tesla T4',
      simulated: 'true',
    });
    expect(Number(value[1])).toBeGreaterThan(0);
  });

  it('is, in the gateway’s own series, that of who asks', async () => {
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'team-label-test',
        namespace: 'platform',
        labels: { 'llm-platform.dev/credential': 'application-key' },
      },
      stringData: {
        id: 'team-label-test',
        team: 'finetune',
        models: JSON.stringify(['baseline']),
        hash: createHash('sha256').update(KEY).digest('hex'),
      },
    });
    await cluster.waitFor('an answer to the key', async () => {
      const response = await fetch(
        `http://${cluster.address}:30080/v1/chat/completions`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${KEY}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({
            model: 'baseline',
            max_tokens: 4,
            messages: [{ role: 'user', content: 'Hi' }],
          }),
        },
      );
      await response.text();
      return response.status === 200;
    });
    await untilThere(
      'llm_gateway_requests_total{job="gateway",team="finetune",status="200"}',
    );
    const own = await query('llm_gateway_routes');
    expect(new Set(own.map(({ metric }) => metric.team))).toEqual(
      new Set(['platform']),
    );
  });

  it('comes with the alert rules, which are all well', async () => {
    const { groups } = await ask<{
      groups: Array<{ name: string; rules: Array<{ health: string }> }>;
    }>('/api/v1/rules');
    expect(groups.map(({ name }) => name).sort()).toEqual([
      'gateway',
      'gpus',
      'models',
      'volumes',
    ]);
    expect(
      groups.flatMap(({ rules }) => rules).filter(r => r.health === 'err'),
    ).toEqual([]);
  });
});
