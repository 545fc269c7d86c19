import { ServiceError, type ErrorCode } from '@llm-platform/service-kit';
import { RegexMatcher } from '../scoring';
import { evaluateItem } from './evaluateItem';

describe('evaluateItem', () => {
  const matcher = new RegexMatcher();
  let asked: number;

  /** Evaluates with a model that fails as often, and then answers. */
  const evaluate = (
    code: ErrorCode,
    failures: number,
    signal = new AbortController().signal,
  ) => {
    asked = 0;
    return evaluateItem(
      { id: '1', inputs: 'x', expected: 'fine' },
      {
        request: {
          parameters: { max_tokens: 1 },
          scorers: [{ type: 'exact_match', ignore_case: false }],
          items: [],
        },
        matcher,
        retryDelaysMs: [0, 0],
        options: { correlationId: 'r', signal },
        model: {
          invoke: async () => {
            asked += 1;
            if (asked <= failures) {
              throw new ServiceError(code, 'no');
            }
            return {
              generatedText: ' fine ',
              modelVersion: 'm',
              latencyMs: 1,
            };
          },
        },
      },
    );
  };

  afterAll(() => matcher.close());

  it('waits for a model that is being replaced', async () => {
    expect(await evaluate('upstream_unreachable', 2)).toMatchObject({
      passed: true,
    });
    expect(asked).toBe(3);
  });

  it('does not wait for ever', async () => {
    expect(await evaluate('model_starting', 9)).toEqual({
      id: '1',
      passed: null,
      scores: [],
      error: { error: 'model_starting', message: 'no' },
    });
    expect(asked).toBe(3);
  });

  it.each<ErrorCode>([
    'upstream_timeout',
    'upstream_failed',
    'context_length_exceeded',
  ])('does not ask again after %s: the model may have worked', async code => {
    expect(await evaluate(code, 1)).toMatchObject({ error: { error: code } });
    expect(asked).toBe(1);
  });

  it('gives up when it is told to', async () => {
    await expect(
      evaluate('upstream_unreachable', 9, AbortSignal.abort()),
    ).rejects.toThrow();
    expect(asked).toBe(1);
  });
});
