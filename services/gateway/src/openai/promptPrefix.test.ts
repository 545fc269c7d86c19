import { promptPrefix } from './promptPrefix';

const system = { role: 'system', content: 'You are terse.' };
const first = { role: 'user', content: 'Capital of France?' };

describe('promptPrefix', () => {
  it('is the same through a talk', () => {
    expect(
      promptPrefix({
        messages: [
          system,
          first,
          { role: 'assistant', content: 'Paris' },
          { role: 'user', content: 'And of Italy?' },
        ],
      }),
    ).toBe(promptPrefix({ messages: [system, first] }));
  });

  it('tells talks apart that begin differently', () => {
    const prefixes = [
      [system, first],
      [first],
      [system, { role: 'user', content: 'Capital of Italy?' }],
      [system, { role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    ].map(messages => promptPrefix({ messages }));
    expect(new Set(prefixes).size).toBe(4);
  });

  it('takes only the beginning of a long prompt', () => {
    const long = 'x'.repeat(100_000);
    expect(promptPrefix({ prompt: `${long}a` })).toBe(
      promptPrefix({ prompt: `${long}b` }),
    );
    expect(
      promptPrefix({ messages: [{ role: 'system', content: long }, first] }),
    ).toBe(
      promptPrefix({ messages: [{ role: 'system', content: long }, system] }),
    );
  });

  it.each([
    [{ prompt: ['Hello', 'other'] }, 'Hello'],
    [{ prompt: [5, 6] }, '5,6'],
    [{ prompt: [[5, 6], [7]] }, '5,6'],
    [{ input: 'x' }, undefined],
    [{ messages: 'x' }, undefined],
    [{ messages: [null, 1] }, ''],
  ])('of %j', (fields, prefix) => {
    expect(promptPrefix(fields)).toBe(prefix);
  });
});
