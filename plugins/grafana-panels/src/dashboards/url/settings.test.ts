import { readSettings, writeSettings } from './settings';

const read = (text: string) => readSettings(new URLSearchParams(text));

describe("a dashboard's address", () => {
  it("is Grafana's", () => {
    expect(
      read(
        'orgId=1&from=now-6h&to=now&var-model=a&var-model=b&var-ns=$__all&refresh=30s&viewPanel=panel-7',
      ),
    ).toEqual({
      from: 'now-6h',
      to: 'now',
      variables: { model: ['a', 'b'], ns: ['$__all'] },
      refresh: '30s',
      viewPanel: '7',
      annotations: {},
    });
  });

  it('knows off from not said, and takes no name for a variable', () => {
    expect(read('refresh=&var-=x&viewPanel=&from=')).toEqual({
      refresh: '',
      variables: {},
      annotations: {},
    });
    expect(read('var-x=').variables).toEqual({ x: [''] });
  });

  it('keeps what it does not know and changes only what it is told', () => {
    const params = new URLSearchParams('kiosk=1&from=1&to=2&var-a=1&var-b=2');
    const next = writeSettings(params, {
      from: 'now-1h',
      to: undefined,
      variables: { a: ['x', 'y'] },
      annotations: { Deployments: false },
    });
    expect(next.toString()).toBe(
      'kiosk=1&from=now-1h&var-b=2&annotation-Deployments=off&var-a=x&var-a=y',
    );
    expect(
      writeSettings(next, {
        variables: { a: [] },
      }).toString(),
    ).toBe('kiosk=1&from=now-1h&var-b=2&annotation-Deployments=off');
    expect(readSettings(next).annotations).toEqual({ Deployments: false });
  });

  it('keeps values with quotes, plus signs and other letters', () => {
    const values = ['a"b', "c'd", '100%+1', 'ü', 'x&y=z'];
    const next = writeSettings(new URLSearchParams(), {
      variables: { v: values },
    });
    expect(read(next.toString()).variables.v).toEqual(values);
  });

  it('takes no endless address', () => {
    const params = new URLSearchParams();
    for (let i = 0; i < 1000; i++) {
      params.append('var-x', 'y'.repeat(10_000));
    }
    const { x } = readSettings(params).variables;
    expect(x.length).toBe(200);
    expect(x[0].length).toBe(2000);
  });
});
