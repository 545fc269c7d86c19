import { allowedTokens } from './allowedTokens';

describe('allowedTokens', () => {
  it.each([
    [{}, undefined],
    [{ max_tokens: 10 }, 10],
    [{ max_tokens: 10, max_completion_tokens: 7 }, 7],
    [{ max_tokens: 10, n: 3 }, 30],
    [{ max_tokens: 10, n: 0 }, 10],
    [{ max_tokens: 10, n: null }, 10],
    [{ max_tokens: 'ten' }, undefined],
    [{ max_tokens: '5000' }, 5000],
    [{ max_tokens: ' 5_000.0 ', n: '2' }, 10_000],
    [{ max_tokens: null }, undefined],
    [{ max_tokens: -1 }, undefined],
    [{ max_tokens: 1.5 }, undefined],
  ])('of a chat with %j', (fields, tokens) => {
    expect(allowedTokens(fields, '/v1/chat/completions')).toBe(tokens);
  });

  it.each([
    [{ prompt: 'a' }, 16],
    [{ prompt: 'a', max_tokens: 100, n: 2 }, 200],
    [{ prompt: 'a', max_tokens: '100', best_of: '3' }, 300],
    [{ prompt: 'a', max_tokens: null }, undefined],
    [{ prompt: 'a', max_tokens: 'ten' }, undefined],
    [{ prompt: 'a', max_tokens: 100, n: 2, best_of: 4 }, 400],
    [{ prompt: ['a', 'b'], max_tokens: 100 }, 200],
    [{ prompt: [1, 2, 3], max_tokens: 100 }, 100],
    [{ prompt: [[1, 2], [3]], max_tokens: 100 }, 200],
  ])('of a completion with %j', (fields, tokens) => {
    expect(allowedTokens(fields, '/v1/completions')).toBe(tokens);
  });

  it('are none of an embedding', () => {
    expect(allowedTokens({ max_tokens: 5 }, '/v1/embeddings')).toBe(0);
  });
});
