import type { AskProxy, ProxyAnswer } from './ApiProxy';
import { checkMetrics } from './metrics';
import { checkChat, checkGateway, checkPredictions } from './requests';

const KEY = 'sk-llmp-test';
const answers =
  (answer: Partial<ProxyAnswer>): AskProxy =>
  async () => ({ status: 200, body: '', pieces: 1, ...answer });
const sse = (...events: string[]) =>
  events.map(event => `data: ${event}\n\n`).join('');
const delta = (content: string) =>
  JSON.stringify({ choices: [{ delta: { content } }] });

describe('the golden checks over the gateway', () => {
  it('ask each team’s service once, with the key where the API server leaves it', async () => {
    const asked: unknown[] = [];
    const results = await checkPredictions(async (target, path, request) => {
      asked.push([target.name, path, request?.headers]);
      return { status: 200, body: '{"generated_text":" Paris. "}', pieces: 1 };
    }, KEY);
    expect(asked).toEqual(
      ['quant', 'finetune', 'eval'].map(team => [
        'gateway',
        `/api/${team}/predict`,
        { 'x-api-key': KEY },
      ]),
    );
    expect(results.map(({ status, detail }) => [status, detail])).toEqual(
      Array(3).fill(['passed', 'Paris.']),
    );
  });

  it.each([
    ['an error', { status: 502, body: '{"error":"upstream_timeout"}' }, '502'],
    ['no text', { body: '{"generated_text":" "}' }, 'The answer has no text'],
    ['no JSON', { body: '<html>' }, 'JSON'],
  ])('find a prediction with %s', async (_, answer, detail) => {
    for (const result of await checkPredictions(answers(answer), KEY)) {
      expect(result.status).toBe('failed');
      expect(result.detail).toContain(detail);
    }
  });

  it('go on when nothing answers', async () => {
    const ask: AskProxy = async () => {
      throw new Error('connect ECONNREFUSED');
    };
    expect(await checkPredictions(ask, KEY)).toHaveLength(3);
    expect(await checkGateway(ask)).toMatchObject({
      status: 'failed',
      detail: 'connect ECONNREFUSED',
    });
  });

  it('put a streamed chat together', async () => {
    const body = sse(delta('Pa'), delta('ris'), '{"choices":[]}', '[DONE]');
    expect(await checkChat(answers({ body }), KEY)).toMatchObject({
      status: 'passed',
      detail: 'Paris',
    });
  });

  it.each([
    ['breaks off', sse(delta('Pa')), 'The stream broke off after 1 events'],
    ['says nothing', sse('[DONE]'), 'The answer has no text'],
    ['is none', '{}', 'The stream broke off after 0 events'],
  ])('find a chat that %s', async (_, body, detail) => {
    expect(await checkChat(answers({ body }), KEY)).toMatchObject({
      status: 'failed',
      detail,
    });
  });
});

describe('the golden checks of metrics', () => {
  const series = (count: string) => async () =>
    JSON.stringify({ data: { result: [{ value: [0, count] }] } });

  it('ask Prometheus', async () => {
    const queries: string[] = [];
    const results = await checkMetrics(async path => {
      queries.push(decodeURIComponent(path));
      return series('3')();
    });
    expect(results.map(({ status }) => status)).toEqual(
      Array(6).fill('passed'),
    );
    expect(queries).toContain(
      '/api/v1/query?query=count({__name__="vllm:num_requests_running",job="models"})',
    );
  });

  it.each([
    ['nothing', async () => '{"data":{"result":[]}}', 'Prometheus has none'],
    [
      'no answer',
      async () => {
        throw new Error('kubectl port-forward: not found');
      },
      'kubectl port-forward: not found',
    ],
  ])('find a Prometheus with %s', async (_, ask, detail) => {
    for (const result of await checkMetrics(ask)) {
      expect(result.status).toBe('failed');
      expect(result.detail).toContain(detail);
    }
  });
});
