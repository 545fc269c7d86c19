import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestCluster } from './testing/TestCluster';
import { askService } from './testing/serviceProxy';

const INSTANCE = 9;
const KEY = `sk-llmp-${randomBytes(32).toString('base64url')}`;
/** Longer than a readiness probe needs to take a pod out. */
const SETTLED_MS = 8_000;

interface Pods {
  items: Array<{
    metadata: { name: string; uid: string };
    status: {
      containerStatuses?: Array<{
        ready: boolean;
        restartCount: number;
        imageID: string;
      }>;
    };
  }>;
}

interface LogLine {
  request_id?: string;
  trace_id?: string;
}

describe('the team services on the embedded cluster', () => {
  let cluster: TestCluster;

  const predict = (
    team: string,
    body: object,
    headers: Record<string, string> = {},
  ) =>
    fetch(`http://${cluster.address}:30080/api/${team}/predict`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
    });
  const service = (team: string, where: string, body?: unknown) =>
    askService(cluster, {
      namespace: team,
      name: `${team}-api`,
      path: where,
      body,
    });
  const logOf = (namespace: string, name: string) =>
    cluster.kubectl(
      'logs',
      `deployment/${name}`,
      `--namespace=${namespace}`,
      '--tail=-1',
    );
  const jsonLines = (text: string): LogLine[] =>
    text
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line));
  const podOf = async (namespace: string, name: string) => {
    const { items } = await cluster.get<Pods>(
      'pods',
      `--namespace=${namespace}`,
      `--selector=app.kubernetes.io/name=${name}`,
    );
    expect(items).toHaveLength(1);
    return items[0];
  };

  beforeAll(async () => {
    cluster = await TestCluster.create({ instance: INSTANCE, platform: true });
    await cluster.up();
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'team-services-test',
        namespace: 'platform',
        labels: { 'llm-platform.dev/credential': 'application-key' },
      },
      stringData: {
        id: 'team-services-test',
        team: 'platform',
        models: JSON.stringify(['api/quant', 'api/finetune', 'api/eval']),
        hash: createHash('sha256').update(KEY).digest('hex'),
      },
    });
    for (const [namespace, name] of [
      ['llm-baseline', 'baseline'],
      ['llm-baseline', 'baseline-awq'],
      ['quant', 'quant-api'],
      ['finetune', 'finetune-api'],
      ['eval', 'eval-api'],
    ]) {
      await cluster.kubectl(
        'rollout',
        'status',
        `deployment/${name}`,
        `--namespace=${namespace}`,
        '--timeout=120s',
      );
    }
    await cluster.waitFor(
      'an answer through the whole chain',
      async () => (await predict('quant', { inputs: 'Hi' })).status === 200,
    );
  });

  afterAll(async () => {
    await cluster?.dispose();
  });

  it('answer through the gateway, with one trace in three logs', async () => {
    const id = `it-${randomBytes(8).toString('hex')}`;
    const response = await predict(
      'quant',
      {
        inputs: 'What is the capital of France?',
        parameters: { max_tokens: 24, temperature: 0 },
      },
      { 'x-request-id': id },
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('x-request-id')).toBe(id);
    expect(await response.json()).toEqual({
      generated_text: expect.stringContaining('Paris'),
      model_version: 'baseline',
      latency_ms: expect.any(Number),
      correlation_id: id,
    });

    // Lines are written in batches.
    let gateway: LogLine | undefined;
    await cluster.waitFor('the line of the gateway', async () => {
      gateway = jsonLines(await logOf('platform', 'gateway')).find(
        line => line.request_id === id,
      );
      return gateway !== undefined;
    });
    const trace = gateway!.trace_id;
    expect(trace).toMatch(/^[0-9a-f]{32}$/);
    await cluster.waitFor('the line of the service', async () =>
      jsonLines(await logOf('quant', 'quant-api')).some(
        line => line.request_id === id && line.trace_id === trace,
      ),
    );
    const received = (await logOf('llm-baseline', 'baseline'))
      .split('\n')
      .filter(line => line.includes('Received request'))
      .find(line => line.includes(id));
    expect(received).toContain(`trace_id=${trace}`);
    // Prompts are in no log.
    for (const log of [
      await logOf('platform', 'gateway'),
      await logOf('quant', 'quant-api'),
      await logOf('llm-baseline', 'baseline'),
    ]) {
      expect(log).not.toContain('capital of France');
    }
  });

  it('go on with the trace of a caller that has one', async () => {
    const trace = randomBytes(16).toString('hex');
    const { status } = await predict(
      'finetune',
      { inputs: 'Hi', parameters: { max_tokens: 4 } },
      { traceparent: `00-${trace}-${randomBytes(8).toString('hex')}-01` },
    );
    expect(status).toBe(200);
    for (const [namespace, name] of [
      ['platform', 'gateway'],
      ['finetune', 'finetune-api'],
      ['llm-baseline', 'baseline'],
    ]) {
      await cluster.waitFor(`the trace in the log of ${name}`, async () =>
        (await logOf(namespace, name)).includes(trace),
      );
    }
  });

  it('compare a prompt across quantised variants', async () => {
    const { status, text } = await service('quant', '/compare', {
      inputs: 'Write one sentence about the sea.',
      parameters: { max_tokens: 32 },
    });
    expect([status, text]).toEqual([200, expect.any(String)]);
    const { results, pairs } = JSON.parse(text);
    expect(results).toMatchObject([
      { variant: 'full', status: 'ok', model_version: 'baseline' },
      { variant: 'awq', status: 'ok', model_version: 'baseline-awq' },
    ]);
    expect(results[0].generated_text).not.toBe(results[1].generated_text);
    expect(pairs).toHaveLength(1);
  });

  it('predict with a base model or one of its adapters', async () => {
    const { text } = await service('finetune', '/variants');
    expect(JSON.parse(text).variants).toEqual([
      { name: 'baseline', kind: 'base' },
      { name: 'support', kind: 'adapter', base: 'baseline' },
      { name: 'brief', kind: 'adapter', base: 'baseline' },
    ]);
    const ask = async (variant?: string) => {
      const response = await predict('finetune', {
        inputs: 'What is the capital of France?',
        parameters: { max_tokens: 24, temperature: 0 },
        ...(variant && { variant }),
      });
      return response.json();
    };
    expect((await ask()).generated_text).toMatch(/^The capital.*Paris/);
    expect(await ask('support')).toMatchObject({
      generated_text: expect.stringMatching(/^Thank you for asking!.*Paris/),
      model_version: 'support',
    });
    expect(await ask('brief')).toMatchObject({
      generated_text: expect.stringMatching(/^In short:.*Paris/),
      model_version: 'brief',
    });
    expect(await ask('rude')).toMatchObject({ error: 'variant_not_found' });
  });

  it('run a set of 20 questions and keep its results over a restart', async () => {
    const countries: Record<string, string> = {
      France: 'Paris',
      Italy: 'Rome',
      Spain: 'Madrid',
      Germany: 'Berlin',
      Japan: 'Tokyo',
    };
    const items = Array.from({ length: 20 }, (_, i) => {
      const [country, capital] =
        Object.entries(countries)[i % Object.keys(countries).length];
      return {
        id: `${country}-${i}`,
        inputs: `What is the capital of ${country}?`,
        expected: capital,
      };
    });
    const begun = await service('eval', '/evaluations', {
      name: 'capitals',
      parameters: { max_tokens: 16 },
      scorers: [{ type: 'contains' }],
      items,
    });
    expect([begun.status, begun.text]).toEqual([202, expect.any(String)]);
    const { id } = JSON.parse(begun.text);
    // Progress comes as events, up to the end.
    const events = await service('eval', `/evaluations/${id}/events`);
    expect(events.text.match(/^event: /gm)!.length).toBeGreaterThan(20);
    const read = async () =>
      JSON.parse((await service('eval', `/evaluations/${id}`)).text);
    const report = await read();
    expect(report).toMatchObject({
      status: 'completed',
      counts: { total: 20, done: 20, errors: 0 },
    });
    expect(report.results).toHaveLength(20);
    expect(report.counts.passed).toBeGreaterThan(0);
    expect(
      (await service('eval', `/evaluations/${id}?format=md`)).text,
    ).toContain('capitals');

    const before = await podOf('eval', 'eval-api');
    await cluster.kubectl(
      'delete',
      'pod',
      before.metadata.name,
      '--namespace=eval',
      '--wait',
    );
    await cluster.kubectl(
      'rollout',
      'status',
      'deployment/eval-api',
      '--namespace=eval',
      '--timeout=60s',
    );
    expect((await podOf('eval', 'eval-api')).metadata.uid).not.toBe(
      before.metadata.uid,
    );
    expect(await read()).toEqual(report);
  });

  it('say what is wrong with their model, and go on when it is back', async () => {
    const before = await podOf('quant', 'quant-api');
    const scale = (replicas: number) =>
      cluster.kubectl(
        'scale',
        'deployment/baseline',
        '--namespace=llm-baseline',
        `--replicas=${replicas}`,
      );
    const ask = () =>
      predict('quant', { inputs: 'Hi', parameters: { max_tokens: 4 } });

    await scale(0);
    await cluster.waitFor(
      'the model to be gone',
      async () => (await ask()).status !== 200,
    );
    // Not only in the first moment: also after every probe has looked.
    await sleep(SETTLED_MS);
    const failed = await ask();
    expect([failed.status, await failed.json()]).toEqual([
      502,
      {
        error: 'upstream_unreachable',
        message: expect.any(String),
        request_id: expect.any(String),
      },
    ]);

    await scale(1);
    await cluster.waitFor(
      'an answer again',
      async () => (await ask()).status === 200,
    );
    const after = await podOf('quant', 'quant-api');
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.status.containerStatuses?.[0].restartCount).toBe(0);
  });

  it('run from an image that is built from a local folder', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'llmp-context-'));
    try {
      writeFileSync(
        path.join(folder, 'Dockerfile'),
        'FROM node:22\nWORKDIR /app\nCOPY main.cjs ./\nENV GREETING=hello\nCMD ["node", "main.cjs"]\n',
      );
      writeFileSync(
        path.join(folder, 'main.cjs'),
        `require('node:http').createServer((q, r) => r.end(process.env.GREETING + ' ' + require('node:fs').readdirSync('.'))).listen(8000, process.env.HOST);`,
      );
      const [tag, digest] = (
        await cluster.devCluster('image', 'build', folder, '-t', 'team/own:1')
      )
        .trim()
        .split(' ');
      expect([tag, digest]).toEqual([
        'team/own:1',
        expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      ]);
      const labels = { 'app.kubernetes.io/name': 'own' };
      await cluster.apply({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'own', namespace: 'quant', labels },
            spec: { containers: [{ name: 'own', image: tag }] },
          },
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'own', namespace: 'quant' },
            spec: { selector: labels, ports: [{ port: 8000 }] },
          },
        ],
      });
      const ask = () =>
        askService(cluster, { namespace: 'quant', name: 'own', path: '/' });
      await cluster.waitFor(
        'an answer of the pod',
        async () => (await ask()).status === 200,
      );
      expect((await ask()).text).toBe('hello main.cjs');
      const pod = await podOf('quant', 'own');
      expect(pod.status.containerStatuses?.[0].imageID).toBe(
        `docker.io/team/own@${digest}`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
