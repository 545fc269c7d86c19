import {
  insertMember,
  mapTopLevelValue,
  replaceTopLevelValue,
  topLevelMembers,
} from './topLevel';

function membersOf(text: string) {
  const json = Buffer.from(text);
  return topLevelMembers(json).map(({ key, start, end }) => [
    key,
    json.toString('utf8', start, end),
  ]);
}

describe('topLevelMembers', () => {
  it.each([
    ['{}', []],
    [' { } ', []],
    ['{"a":1}', [['a', '1']]],
    [
      '{\n "a" : "x, \\"y\\" }" ,"b":[1,{"a":2}],"c":{"d":"}"},"é":null\t}',
      [
        ['a', '"x, \\"y\\" }"'],
        ['b', '[1,{"a":2}]'],
        ['c', '{"d":"}"}'],
        ['é', 'null'],
      ],
    ],
    ['{"mod\\u0065l":"a\\\\"}', [['model', '"a\\\\"']]],
  ])('walks %s', (text, members) => {
    expect(membersOf(text)).toEqual(members);
  });

  it('finds what JSON.parse finds, on generated objects', () => {
    const texts = ['', '"', '\\', 'a"b', '}{][', 'ü\u2028', ',:', '\n'];
    for (let seed = 0; seed < 200; seed += 1) {
      const value: Record<string, unknown> = {};
      for (let i = 0; i < seed % 6; i += 1) {
        const text = texts[(seed + i * 3) % texts.length];
        value[`${text}${i}`] = [
          text,
          { [text]: [seed, { deep: text }] },
          seed / 7,
          null,
          true,
        ][(seed + i) % 5];
      }
      const json = JSON.stringify(value, undefined, seed % 3);
      expect(
        membersOf(json).map(([key, text]) => [key, JSON.parse(text)]),
      ).toEqual(Object.entries(value));
    }
  });
});

describe('replaceTopLevelValue', () => {
  it('changes nothing else', () => {
    expect(
      replaceTopLevelValue(
        Buffer.from('{"messages":[{"model":"a"}], "model" : "a","n":1.50}'),
        'model',
        '"b"',
      ).toString(),
    ).toBe('{"messages":[{"model":"a"}], "model" : "b","n":1.50}');
  });

  it('leaves a body without the key alone', () => {
    expect(
      replaceTopLevelValue(Buffer.from('{"a":1}'), 'model', '"b"').toString(),
    ).toBe('{"a":1}');
  });
});

describe('mapTopLevelValue', () => {
  it('changes each value of the key, those of a duplicate too', () => {
    expect(
      mapTopLevelValue(
        Buffer.from('{"a":[1], "b": {"a":1},"a" : {} }'),
        'a',
        value => Buffer.from(`<${value}>`),
      ).toString(),
    ).toBe('{"a":<[1]>, "b": {"a":1},"a" : <{}> }');
  });
});

describe('insertMember', () => {
  it.each([
    ['{}', '{"k":1}'],
    [' {\n } ', ' {"k":1\n } '],
    ['\t{ "a": 1.0 }', '\t{"k":1, "a": 1.0 }'],
  ])('puts a member into %p', (before, after) => {
    expect(insertMember(Buffer.from(before), 'k', '1').toString()).toBe(after);
  });
});
