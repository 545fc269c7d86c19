import { toYaml } from './yaml';

describe('toYaml', () => {
  it('writes block style and quotes what YAML would misread', () => {
    expect(
      toYaml({
        a: 'plain/value',
        b: '12',
        c: 'true',
        d: 'a: b',
        e: undefined,
        f: [],
        g: {},
        h: ['x', { k: 1, z: [2] }],
        i: 0.9,
        j: '',
      }),
    ).toBe(
      [
        'a: plain/value',
        'b: "12"',
        'c: "true"',
        'd: "a: b"',
        'f: []',
        'g: {}',
        'h:',
        '  - x',
        '  - k: 1',
        '    z:',
        '      - 2',
        'i: 0.9',
        'j: ""',
      ].join('\n'),
    );
  });
});
