import { readRouteTable } from './routeTableText';

const URL_OF = (name: string) =>
  `http://${name}-api.${name}.svc.cluster.local:8000`;

describe('readRouteTable', () => {
  it('reads a list and an object alike', () => {
    const list = readRouteTable(
      JSON.stringify([
        { route: 'quant', url: URL_OF('quant') },
        { route: 'tuned', url: 'https://10.0.0.1:443/', team: 'finetune' },
      ]),
    );
    expect(list.problems).toEqual([]);
    expect(list.routes).toEqual([
      expect.objectContaining({
        kind: 'service',
        name: 'quant',
        team: 'quant',
        state: 'ready',
        endpoints: [{ origin: URL_OF('quant') }],
      }),
      expect.objectContaining({
        name: 'tuned',
        team: 'finetune',
        endpoints: [{ origin: 'https://10.0.0.1' }],
      }),
    ]);
    expect(
      readRouteTable(
        JSON.stringify({
          quant: { url: URL_OF('quant') },
          tuned: { url: 'https://10.0.0.1:443/', team: 'finetune' },
        }),
      ),
    ).toEqual(list);
  });

  it.each([
    ['no port', 'http://quant-api.quant.svc.cluster.local', /no explicit port/],
    ['no port but a path', 'http://quant-api/x:8000', /no explicit port/],
    ['an empty port', 'http://quant-api:', /no explicit port/],
    ['port 0', 'http://quant-api:0', /not valid/],
    ['a port out of range', 'http://quant-api:80000', /not valid/],
    ['an unknown scheme', 'ftp://quant-api:8000', /unknown scheme 'ftp'/],
    ['no scheme', 'quant-api:8000', /must be like http:/],
    ['a path', 'http://quant-api:8000/predict', /must end after the port/],
    ['a query', 'http://quant-api:8000?a', /must end after the port/],
    ['a password', 'http://me:hunter2@quant-api:8000', /no user name/],
  ])('refuses a URL with %s by name', (_name, url, problem) => {
    const { routes, problems } = readRouteTable(
      JSON.stringify([{ route: 'quant', url }]),
    );
    expect(routes).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/^entry 'quant': /)]);
    expect(problems[0]).toMatch(problem);
    expect(problems[0]).not.toContain('hunter2');
  });

  it('takes a port that is the scheme’s own where it is written', () => {
    expect(
      readRouteTable('{"quant":{"url":"http://quant-api:80"}}').problems,
    ).toEqual([]);
  });

  it('lists every problem of every entry, and then no routes at all', () => {
    const { routes, problems } = readRouteTable(
      JSON.stringify([
        { route: 'good', url: URL_OF('good') },
        { route: 'quant', url: 'http://quant-api' },
        { route: 'good', url: URL_OF('other') },
        { route: 'bad name', url: URL_OF('x') },
        { url: URL_OF('x') },
        { route: 'typo', url: URL_OF('x'), tema: 'x' },
        'eval',
      ]),
    );
    expect(routes).toEqual([]);
    expect(problems).toEqual([
      expect.stringMatching(/^entry 'quant': .*no explicit port/),
      expect.stringMatching(/^entry 'good': .*twice/),
      expect.stringMatching(/^entry 'bad name': route must be a name/),
      expect.stringMatching(/^entry 5: route must be text/),
      expect.stringMatching(/^entry 'typo': .*tema/),
      expect.stringMatching(/^entry 7: /),
    ]);
  });

  it('finds a name twice in an object, where JSON.parse would not', () => {
    const entry = JSON.stringify({ url: URL_OF('quant') });
    expect(
      readRouteTable(`{"quant":${entry},"qu\\u0061nt":${entry}}`).problems,
    ).toEqual([expect.stringMatching(/^entry 'quant': .*twice/)]);
  });

  it.each(['', '{', '"text"', 'null', '7'])('refuses %p', text => {
    expect(readRouteTable(text).problems).toHaveLength(1);
  });

  it.each(['{"a":null}', '{"a":[]}', '{"a":"http://x:1"}', '[null]'])(
    'refuses the entry of %p',
    text => {
      expect(readRouteTable(text).problems).toHaveLength(1);
    },
  );
});
