import type { AskProxy, ProxyAnswer, ProxyTarget } from './ApiProxy';
import { baselineModel, expectedTeams } from './expected';
import { GoldenResult, rowsOf } from './result';

const GATEWAY: ProxyTarget = {
  kind: 'services',
  namespace: 'platform',
  name: 'gateway',
  port: 'http',
};
const QUESTION = 'What is the capital of France?';
const EVENT = 'data: ';

/** The gateway says of itself that it is ready. */
export async function checkGateway(ask: AskProxy): Promise<GoldenResult> {
  return timed(rowsOf('services')('Gateway /ready', 'failed', ''), async () =>
    judge(await ask(GATEWAY, '/ready'), () => 'ready'),
  );
}

/** One prediction of each team's service, through the gateway. */
export async function checkPredictions(
  ask: AskProxy,
  key: string,
): Promise<GoldenResult[]> {
  const results: GoldenResult[] = [];
  for (const team of expectedTeams) {
    results.push(
      await timed(
        rowsOf('predictions')(`POST /api/${team}/predict`, 'failed', ''),
        async () =>
          judge(
            await ask(GATEWAY, `/api/${team}/predict`, {
              headers: { 'x-api-key': key },
              body: {
                inputs: QUESTION,
                parameters: { max_tokens: 16, temperature: 0 },
              },
            }),
            body => textIn(JSON.parse(body).generated_text),
          ),
      ),
    );
  }
  return results;
}

/** One streamed chat with the platform's own model, through the gateway. */
export async function checkChat(
  ask: AskProxy,
  key: string,
): Promise<GoldenResult> {
  return timed(
    rowsOf('predictions')('POST /v1/chat/completions, streamed', 'failed', ''),
    async () =>
      judge(
        await ask(GATEWAY, '/v1/chat/completions', {
          headers: { 'x-api-key': key },
          body: {
            model: baselineModel,
            stream: true,
            max_tokens: 16,
            temperature: 0,
            messages: [{ role: 'user', content: QUESTION }],
          },
        }),
        chatIn,
      ),
  );
}

/** The text of a streamed answer. Throws where it isn't whole. */
function chatIn(body: string): string {
  const events = body
    .split('\n')
    .filter(line => line.startsWith(EVENT))
    .map(line => line.slice(EVENT.length).trim());
  if (events.at(-1) !== '[DONE]') {
    throw new Error(`The stream broke off after ${events.length} events`);
  }
  const pieces = events
    .slice(0, -1)
    .map(event => JSON.parse(event).choices?.[0]?.delta?.content ?? '');
  return textIn(pieces.join(''));
}

function textIn(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new Error('The answer has no text');
  }
  return value.trim().replace(/\s+/g, ' ');
}

/** Throws what is wrong with an answer; returns what is shown of a good one. */
function judge(answer: ProxyAnswer, read: (body: string) => string): string {
  if (answer.status !== 200) {
    throw new Error(`${answer.status}: ${answer.body.trim().slice(0, 300)}`);
  }
  return read(answer.body);
}

async function timed(
  row: GoldenResult,
  check: () => Promise<string>,
): Promise<GoldenResult> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    const detail = await check();
    return { ...row, status: 'passed', detail, seconds: seconds() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ...row, status: 'failed', detail, seconds: seconds() };
  }
}
