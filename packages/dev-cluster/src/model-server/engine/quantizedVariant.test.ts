import { FakeTextEngine } from '../testing/fakeTextEngine';
import { startTestServer } from '../testing/startTestServer';
import { pacedTextEngine } from './pace';
import { logitErrors, quantizedVariant } from './quantizedVariant';

describe('quantised variants', () => {
  const awq = quantizedVariant('awq')!;

  it('have errors of their own that never change', () => {
    const errors = logitErrors(awq, 49152);
    expect(logitErrors(awq, 49152)).toEqual(errors);
    expect(logitErrors(quantizedVariant('gptq')!, 49152)).not.toEqual(errors);
    const values = [...errors.values()];
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const deviation = Math.sqrt(
      values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length,
    );
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(deviation).toBeCloseTo(awq.noise, 0);
  });

  it('of four bits are rounder and faster than those of eight', () => {
    const fp8 = quantizedVariant('fp8')!;
    expect(awq.noise).toBeGreaterThan(fp8.noise);
    expect(awq.tokensPerSecond).toBeGreaterThan(fp8.tokensPerSecond);
    expect(quantizedVariant(undefined)).toBeUndefined();
  });

  it.each([
    ['-AWQ --dtype half', 'awq'],
    ['-GPTQ --dtype half', 'gptq'],
    [' --quantization fp8', 'fp8'],
  ])(
    'are loaded and labelled as such: SmolLM2-135M-Instruct%s',
    async (suffix, method) => {
      const server = await startTestServer(
        new FakeTextEngine('x'),
        `--model HuggingFaceTB/SmolLM2-135M-Instruct${suffix}`,
      );
      try {
        expect(server.loaded).toMatchObject([{ variant: { method } }]);
        const label = new RegExp(
          `${method} is simulated by a fixed error on the logits`,
        );
        const { data } = await (await fetch(`${server.url}/v1/models`)).json();
        expect(data[0].x_simulated).toMatch(label);
        const answer = await server.post('/v1/completions', { prompt: 'x' });
        expect((await answer.json()).x_simulated).toMatch(label);
      } finally {
        await server.stop(100);
      }
    },
  );
});

describe('a paced engine', () => {
  it('waits for the rest of each token’s time', async () => {
    let time = 0;
    const waits: number[] = [];
    const engine = new FakeTextEngine('one two three');
    engine.beforeToken = async () => {
      time += 0.04;
    };
    const paced = pacedTextEngine(engine, 10, {
      now: () => time,
      sleep: async seconds => {
        waits.push(seconds);
        time += seconds;
      },
    });
    const texts: string[] = [];
    for await (const { text } of paced.generate({
      promptTokens: [1],
      maxTokens: 9,
      signal: new AbortController().signal,
      sampling: {} as never,
    })) {
      texts.push(text);
    }
    expect(texts).toEqual(['one', ' two', ' three']);
    expect(waits.map(wait => Number(wait.toFixed(6)))).toEqual([
      0.06, 0.06, 0.06,
    ]);
  });
});
