import { AnswerTail, findUsage } from './usage';

describe('findUsage', () => {
  it.each([
    ['{"usage":{"prompt_tokens":3,"completion_tokens":4}}', [3, 4]],
    [
      '{"usage" : { "prompt_tokens": 3,"total_tokens":3, "d":{"x":1}} ,"z":1}',
      [3, 0],
    ],
    [
      'data: {"usage":{"prompt_tokens":1,"completion_tokens":1}}\n\ndata: {"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\ndata: {"usage":null}\n\ndata: [DONE]\n\n',
      [1, 2],
    ],
  ])('reads %s', (text, [promptTokens, completionTokens]) => {
    expect(findUsage(text)).toEqual({ promptTokens, completionTokens });
  });

  it.each([
    '',
    '{}',
    '"usage"',
    '{"usage":null}',
    '{"usage":{"prompt_tokens":-1}}',
    '{"usage":{"prompt_tokens":"3"}}',
    '{"usage":{"prompt_tokens":3',
    '{"usage":{bad}}',
    // What a model says is escaped.
    JSON.stringify({ content: '"usage":{"prompt_tokens":3}' }),
  ])('finds none in %s', text => {
    expect(findUsage(text)).toBeUndefined();
  });
});

describe('AnswerTail', () => {
  it('keeps the end of a long answer, however it is cut', () => {
    const tail = new AnswerTail();
    for (let i = 0; i < 5000; i += 1) {
      tail.push(Buffer.from(`chunk ${i};`));
    }
    expect(tail.text()).toMatch(/chunk 4998;chunk 4999;$/);
    expect(tail.text().length).toBeGreaterThanOrEqual(8192);
    expect(tail.text().length).toBeLessThan(8300);
  });
});
