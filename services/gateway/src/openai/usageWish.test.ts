import { readUsageWish, withUsageWish } from './usageWish';

function asked(body: string): string {
  return withUsageWish(
    Buffer.from(body),
    readUsageWish(JSON.parse(body)),
  ).toString();
}

describe('the wish for the usage of a stream', () => {
  it.each([
    [
      '{ "model":"a",\n"n":1.0 }',
      '{"stream_options":{"include_usage":true}, "model":"a",\n"n":1.0 }',
    ],
    [
      '{"stream_options" : null , "n":1e2}',
      '{"stream_options" : {"include_usage":true} , "n":1e2}',
    ],
    [
      '{"a":{"stream_options":{}}, "stream_options": {} }',
      '{"a":{"stream_options":{}}, "stream_options": {"include_usage":true} }',
    ],
    [
      '{"stream_options": { "x" : [1.0] } }',
      '{"stream_options": {"include_usage":true, "x" : [1.0] } }',
    ],
    [
      '{"stream_options":{"include_usage" : false, "x":1}}',
      '{"stream_options":{"include_usage" : true, "x":1}}',
    ],
    [
      '{"stream_options":{"include_usage":null}}',
      '{"stream_options":{"include_usage":true}}',
    ],
    [
      '{"stream_options":{"include_usage":0}}',
      '{"stream_options":{"include_usage":true}}',
    ],
    [
      '{"stream_options":{"include_usage":"No"}}',
      '{"stream_options":{"include_usage":true}}',
    ],
    [
      '{"stream_options":null,"stream_options":{"include_usage":false}}',
      '{"stream_options":{"include_usage":true},"stream_options":{"include_usage":true}}',
    ],
    [
      '{"stream_options":{"continuous_usage_stats":true}}',
      '{"stream_options":{"include_usage":true,"continuous_usage_stats":false}}',
    ],
  ])('is put into %s', (before, after) => {
    expect(asked(before)).toBe(after);
  });

  it.each([
    '{"stream_options":{"include_usage":true,"continuous_usage_stats":true}}',
    '{"stream_options":{"include_usage":1}}',
    '{"stream_options":{"include_usage":"yes"}}',
    '{"stream_options":{"include_usage":"perhaps"}}',
    '{"stream_options":"yes"}',
    '{"stream_options":[]}',
  ])('leaves %s alone', body => {
    expect(asked(body)).toBe(body);
  });
});
