import { useState } from 'react';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { createTheme } from '@grafana/data';
import {
  parseDashboard,
  type LabelRequest,
  type QueryRequest,
  type QueryResult,
} from '@llm-platform/plugin-grafana-panels-common';
import { grafanaPanelsApiRef, type GrafanaPanelsApi } from '../api';
import type { TimeRangeMs } from '../types';
import {
  DashboardDataProvider,
  useDashboard,
  useDashboards,
  useLiveDashboard,
  usePanelData,
} from '.';

const theme = createTheme();
const FIRST = { from: 1_700_000_000_000, to: 1_700_003_600_000 };
const LATER = { from: FIRST.from + 30_000, to: FIRST.to + 30_000 };

/** Answers every query with one series that is named like it, with the given value. */
function backend(methods: Partial<GrafanaPanelsApi> = {}) {
  const requests: QueryRequest[] = [];
  const labels: LabelRequest[] = [];
  let answer = (expr: string): Partial<QueryResult> => ({
    series: [
      { labels: { __name__: expr }, times: [1_700_000_000], values: [1] },
    ],
    executedExpr: `${expr} of mine`,
  });
  let fail: Error | undefined;
  const api: GrafanaPanelsApi = {
    listDashboards: async () => ({ items: [], problems: [] }),
    getDashboard: async () => {
      throw new Error('no dashboard');
    },
    listDataSources: async () => ({
      items: [{ kind: 'prometheus', cluster: 'here', title: 'Here' }],
      problems: [],
    }),
    labels: async request => {
      labels.push(request);
      return { values: [], warnings: [] };
    },
    query: async request => {
      requests.push(request);
      if (fail) {
        throw fail;
      }
      return {
        asOf: request.to,
        results: request.queries.map(({ refId, expr }) => ({
          refId,
          ...answer(expr),
        })),
      };
    },
    ...methods,
  };
  return {
    api,
    requests,
    labels,
    asked: () => requests.flatMap(({ queries }) => queries.map(q => q.expr)),
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    failWith: (error: Error | undefined) => {
      fail = error;
    },
  };
}

/** Refuses the expression `bad`; of any other the value is 5. */
const answerUnlessBad = (expr: string): Partial<QueryResult> =>
  expr === 'bad'
    ? { error: { code: 'bad_query', message: 'parse error' } }
    : { series: [{ labels: { __name__: expr }, times: [1], values: [5] }] };

/** Answers queries only when they are released. */
function holdAnswers(api: GrafanaPanelsApi) {
  const { query: answer } = api;
  let release = () => {};
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  const asked = new Promise<void>(resolve => {
    api.query = async (...request) => {
      resolve();
      await released;
      return answer(...request);
    };
  });
  return { asked, release };
}

function dashboardOf(json: object) {
  const { dashboard } = parseDashboard({ title: 'T', panels: [], ...json });
  if (!dashboard) {
    throw new Error('no dashboard');
  }
  return dashboard;
}

const panelJson = (id: number, expr: string, extra: object = {}) => ({
  id,
  type: 'timeseries',
  title: `Panel ${id}`,
  targets: [{ expr, legendFormat: '{{__name__}}' }],
  ...extra,
});

const query = (name: string, text: string, extra: object = {}) => ({
  type: 'query',
  name,
  query: text,
  refresh: 1,
  ...extra,
});

function Panels() {
  const live = useLiveDashboard();
  return (
    <>
      {live.variables.map(({ variable, retry }) => (
        <button key={variable.name} onClick={retry}>
          {`Retry ${variable.name}`}
        </button>
      ))}
      {live.variables.map(({ variable, options, selected, error }) => (
        <p key={variable.name}>
          {`${variable.name}: ${selected.join('+')} of ${options
            .map(({ value }) => value)
            .join(',')} ${error?.message ?? ''}`}
        </p>
      ))}
      <p>{`problems: ${live.problems.map(({ code }) => code).join(',')}`}</p>
      {live.problems.map(({ message }) => (
        <p key={message}>{message}</p>
      ))}
      {live.rows.flatMap(row =>
        row.panels.map(panel => <OnePanel key={panel.id} panel={panel} />),
      )}
    </>
  );
}

function OnePanel(props: { panel: Parameters<typeof usePanelData>[0] }) {
  const { data, title, timeInfo, links, problems, retry } = usePanelData(
    props.panel,
    { width: 500 },
  );
  const series = data.frames.map(
    ({ fields }) =>
      `${fields[1].config.displayNameFromDS}=${fields[1].values.join('/')}`,
  );
  return (
    <section aria-label={props.panel.id}>
      <h2>{title}</h2>
      <p>{`${data.state}: ${series.join(' ')}`}</p>
      <p>{`error ${data.error?.code} ${data.error?.message}`}</p>
      <p>{`as of ${data.asOf}, from ${data.timeRange.from}, ${timeInfo}`}</p>
      <p>{`marks ${data.annotations
        .map(mark => `${mark.title} ${mark.color}`)
        .join(',')}`}</p>
      <p>{`notices ${problems.map(({ message }) => message).join(',')}`}</p>
      <p>{`executed ${JSON.stringify(data.executed)}`}</p>
      {links.map(link => (
        <a key={link.title} href={link.url}>
          {link.title}
        </a>
      ))}
      <button onClick={retry}>{`Retry ${props.panel.id}`}</button>
    </section>
  );
}

/** A dashboard with buttons that change what a reader can change. */
function Page(props: {
  json: object;
  selection?: Record<string, string[]>;
  next?: Record<string, string[]>;
}) {
  const [range, setRange] = useState<TimeRangeMs>(FIRST);
  const [readAt, setReadAt] = useState(0);
  const [selection, setSelection] = useState(props.selection ?? {});
  const [dashboard] = useState(() => dashboardOf(props.json));
  return (
    <DashboardDataProvider
      dashboard={dashboard}
      source="files"
      selection={selection}
      timeRange={range}
      readAt={readAt}
      timeZone="utc"
      theme={theme}
    >
      <button onClick={() => setRange(LATER)}>Refresh</button>
      <button onClick={() => setReadAt(readAt + 1)}>Read again</button>
      <button onClick={() => setSelection(props.next ?? {})}>Choose</button>
      <Panels />
    </DashboardDataProvider>
  );
}

const show = (api: GrafanaPanelsApi, page: JSX.Element) =>
  renderInTestApp(page, { apis: [[grafanaPanelsApiRef, api]] });

const press = (name: string) =>
  userEvent.click(screen.getByRole('button', { name }));

describe('panels of a dashboard', () => {
  it('are asked together, equal queries once', async () => {
    const { api, requests } = backend();
    show(
      api,
      <Page
        json={{
          panels: [
            panelJson(1, 'a'),
            panelJson(2, 'b', { timeFrom: '10m', title: 'B' }),
            panelJson(3, 'a', {
              links: [{ title: 'More', url: 'https://x/?a', keepTime: true }],
            }),
          ],
        }}
      />,
    );
    expect(await screen.findAllByText('done: a=1')).toHaveLength(2);
    expect(await screen.findByText('done: b=1')).toBeInTheDocument();
    expect(
      requests.map(({ from, to, dataSource, queries }) => [
        to - from,
        dataSource,
        queries,
      ]),
    ).toEqual([
      [
        3_600_000,
        { kind: 'prometheus', cluster: 'here' },
        [{ refId: '0', expr: 'a', instant: false, stepSeconds: 15 }],
      ],
      [
        600_000,
        { kind: 'prometheus', cluster: 'here' },
        [{ refId: '0', expr: 'b', instant: false, stepSeconds: 15 }],
      ],
    ]);
    expect(
      screen.getByText(
        `as of ${FIRST.to}, from ${FIRST.to - 600_000}, Last 10 minutes`,
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'More' })).toHaveAttribute(
      'href',
      `https://x/?a&from=${FIRST.from}&to=${FIRST.to}`,
    );
    expect(screen.getAllByText('executed {"A":"a of mine"}')).toHaveLength(2);
  });

  it('keep their last data and say how old they are when it fails', async () => {
    const { api, failWith, requests } = backend();
    show(api, <Page json={{ panels: [panelJson(1, 'a')] }} />);
    expect(await screen.findByText('done: a=1')).toBeInTheDocument();

    failWith(
      Object.assign(new Error('Prometheus is gone'), { statusCode: 503 }),
    );
    await press('Refresh');
    expect(await screen.findByText('stale: a=1')).toBeInTheDocument();
    expect(
      screen.getByText('error upstream_error Prometheus is gone'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(new RegExp(`as of ${FIRST.to}, from ${FIRST.from},`)),
    ).toBeInTheDocument();

    failWith(undefined);
    await press('Retry 1');
    expect(await screen.findByText('done: a=1')).toBeInTheDocument();
    expect(
      screen.getByText(new RegExp(`as of ${LATER.to}, from ${LATER.from},`)),
    ).toBeInTheDocument();
    expect(requests.length).toBeGreaterThan(2);
  });

  it('are read again on demand, also when the range stays the same', async () => {
    const { api, asked, failWith } = backend();
    failWith(Object.assign(new Error('too many'), { statusCode: 429 }));
    show(
      api,
      <Page
        json={{
          panels: [panelJson(1, 'a')],
          annotations: { list: [{ name: 'D', expr: 'changed' }] },
        }}
      />,
    );
    expect(
      await screen.findByText('error upstream_error too many'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('Marks “D” could not be read: too many'),
    ).toBeInTheDocument();

    failWith(undefined);
    await press('Read again');
    expect(await screen.findByText('done: a=1')).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByText(/^Marks/)).toBeNull());
    expect(asked().sort()).toEqual(['a', 'a', 'changed', 'changed']);
  });

  it('are as old as they were while they are read again', async () => {
    const { api, failWith } = backend();
    show(api, <Page json={{ panels: [panelJson(1, 'a')] }} />);
    await screen.findByText('done: a=1');
    failWith(new Error('Prometheus is gone'));
    await press('Read again');
    await screen.findByText('stale: a=1');

    const held = holdAnswers(api);
    failWith(undefined);
    await press('Read again');
    await act(() => held.asked);
    expect(screen.getByText('stale: a=1')).toBeInTheDocument();
    await act(async () => held.release());
    expect(await screen.findByText('done: a=1')).toBeInTheDocument();
  });

  it('keep nothing that the reader may no longer see', async () => {
    const { api, failWith } = backend();
    show(api, <Page json={{ panels: [panelJson(1, 'a')] }} />);
    expect(await screen.findByText('done: a=1')).toBeInTheDocument();
    failWith(Object.assign(new Error('not yours'), { statusCode: 403 }));
    await press('Refresh');
    expect(await screen.findByText('error:')).toBeInTheDocument();
    expect(screen.getByText('error refused not yours')).toBeInTheDocument();
  });

  it('show what the other queries gave when one is wrong', async () => {
    const { api, answerWith } = backend();
    answerWith(answerUnlessBad);
    show(
      api,
      <Page
        json={{
          panels: [
            {
              ...panelJson(1, 'a'),
              targets: [
                { expr: 'bad' },
                { expr: 'good', legendFormat: '{{__name__}}' },
                { expr: 'hidden', hide: true },
              ],
            },
            panelJson(2, 'x', { datasource: { type: 'loki', uid: 'l' } }),
            { id: 3, type: 'text', options: { content: 'no queries' } },
          ],
        }}
      />,
    );
    expect(await screen.findByText('error: good=5')).toBeInTheDocument();
    expect(screen.getByText('error bad_query parse error')).toBeInTheDocument();
    expect(
      screen.getByText(/error other_data_source .* loki, not for a Prometheus/),
    ).toBeInTheDocument();
    expect(screen.getByText('done:')).toBeInTheDocument();
  });

  it('keep what one of their queries gave while they are read again', async () => {
    const { api, answerWith } = backend();
    answerWith(answerUnlessBad);
    show(
      api,
      <Page
        json={{
          panels: [
            {
              ...panelJson(1, 'a'),
              targets: [
                { expr: 'bad' },
                { expr: 'good', legendFormat: '{{__name__}}' },
              ],
            },
          ],
        }}
      />,
    );
    expect(await screen.findByText('error: good=5')).toBeInTheDocument();

    const held = holdAnswers(api);
    answerWith(expr => ({
      series: [{ labels: { __name__: expr }, times: [1], values: [6] }],
    }));
    await press('Refresh');
    await act(() => held.asked);
    expect(screen.getByText('error: good=5')).toBeInTheDocument();
    expect(screen.getByText('error bad_query parse error')).toBeInTheDocument();
    await act(async () => held.release());
    expect(await screen.findByText(/^done: .*good=6/)).toBeInTheDocument();
  });

  it('say what was remarked on their answers', async () => {
    const { api, answerWith } = backend();
    answerWith(() => ({ series: [], warnings: ['Histograms were left out.'] }));
    show(
      api,
      <Page
        json={{
          panels: [
            { ...panelJson(1, 'a'), targets: [{ expr: 'a' }, { expr: 'b' }] },
          ],
        }}
      />,
    );
    expect(
      await screen.findByText(
        'notices The answer came with a remark: Histograms were left out.',
      ),
    ).toBeInTheDocument();
  });

  it('follow a variable that only a transformation names', async () => {
    const { api, answerWith } = backend();
    answerWith(expr => ({
      series: [
        { labels: { __name__: expr }, times: [15, 30, 45], values: [1, 2, 3] },
      ],
    }));
    show(
      api,
      <Page
        json={{
          panels: [
            panelJson(1, 'a', {
              transformations: [{ id: 'limit', options: { limitField: '$n' } }],
            }),
          ],
          templating: {
            list: [{ type: 'custom', name: 'n', query: '1,2', current: '1' }],
          },
        }}
        next={{ n: ['2'] }}
      />,
    );
    expect(await screen.findByText('done: a=1')).toBeInTheDocument();
    await press('Choose');
    expect(await screen.findByText('done: a=1/2')).toBeInTheDocument();
  });

  it("don't show another choice's data beside its failure", async () => {
    const { api, answerWith } = backend();
    show(
      api,
      <Page
        json={{
          panels: [panelJson(1, '$x')],
          templating: {
            list: [{ type: 'custom', name: 'x', query: 'a,b', current: 'a' }],
          },
        }}
        next={{ x: ['b'] }}
      />,
    );
    expect(await screen.findByText('done: a=1')).toBeInTheDocument();
    answerWith(() => ({ error: { code: 'timeout', message: 'slow' } }));
    await press('Choose');
    expect(await screen.findByText('error timeout slow')).toBeInTheDocument();
    expect(screen.getByText('error:')).toBeInTheDocument();
    expect(screen.queryByText(/a=1/)).toBeNull();
  });

  it('say that there is no Prometheus, or that it is not known which', async () => {
    const { api } = backend({
      listDataSources: async () => ({ items: [], problems: [] }),
    });
    const { unmount } = show(
      api,
      <Page json={{ panels: [panelJson(1, 'a')] }} />,
    );
    expect(
      await screen.findByText(/no_data_source No cluster has a Prometheus/),
    ).toBeInTheDocument();
    unmount();

    const broken = backend({
      listDataSources: async () => {
        throw Object.assign(new Error('broken'), { statusCode: 400 });
      },
    });
    show(broken.api, <Page json={{ panels: [panelJson(1, 'a')] }} />);
    expect(
      await screen.findByText('error upstream_error broken'),
    ).toBeInTheDocument();
  });

  it('have marks of annotations', async () => {
    const { api, answerWith } = backend();
    answerWith(expr => ({
      series: [
        {
          labels: { __name__: expr, deployment: 'gw' },
          times: [1_700_000_000, 1_700_000_060, 1_700_000_300, 1_700_000_360],
          values: [1, 1, 0, 2],
        },
      ],
    }));
    show(
      api,
      <Page
        json={{
          panels: [panelJson(1, 'a'), panelJson(2, 'b')],
          annotations: {
            list: [
              {
                name: 'D',
                expr: 'changed',
                step: '60s',
                titleFormat: '{{deployment}} changed',
                filter: { ids: [1] },
              },
              { name: 'Off', expr: 'off', enable: false },
            ],
          },
        }}
      />,
    );
    const purple = theme.visualization.getColorByName('purple');
    expect(purple).toMatch(/^#/);
    expect(
      await screen.findByText(
        `marks gw changed ${purple},gw changed ${purple}`,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('marks')).toBeInTheDocument();
  });
});

describe('variables of a dashboard', () => {
  const chained = {
    templating: {
      list: [
        query('model', 'label_values(up{team="$team"}, model)', {
          multi: true,
          includeAll: true,
          current: { value: '$__all' },
        }),
        query('team', 'label_values(team)', { current: { value: 'gone' } }),
      ],
    },
    panels: [panelJson(1, 'x{team="$team",model=~"$model"}')],
  };

  it('are read one after the other, and the panels after them', async () => {
    const { api, asked, labels } = backend({});
    api.labels = async request => {
      labels.push(request);
      return {
        values: request.label === 'team' ? ['eval', 'quant'] : ['a.b', 'c'],
        warnings: [],
      };
    };
    show(api, <Page json={chained} next={{ team: ['quant'], model: ['c'] }} />);
    expect(
      await screen.findByText(/^team: eval of eval,quant/),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/^model: \$__all of \$__all,a.b,c/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(asked()).toEqual(['x{team="eval",model=~"(a\\\\.b|c)"}']),
    );
    expect(labels.map(({ label, match }) => [label, match])).toEqual([
      ['team', []],
      ['model', ['up{team="eval"}']],
    ]);

    await press('Choose');
    await waitFor(() =>
      expect(asked().at(-1)).toBe('x{team="quant",model=~"c"}'),
    );
    await waitFor(() =>
      expect(labels.at(-1)?.match).toEqual(['up{team="quant"}']),
    );
  });

  it('that an address chooses are not waited for, and their failure is said', async () => {
    const { api, asked } = backend({
      labels: async () => {
        throw Object.assign(new Error('labels are broken'), {
          statusCode: 400,
        });
      },
    });
    show(
      api,
      <Page json={chained} selection={{ team: ['eval'], model: ['m'] }} />,
    );
    await waitFor(() => expect(asked()).toEqual(['x{team="eval",model=~"m"}']));
    expect(
      await screen.findByText('team: eval of labels are broken'),
    ).toBeInTheDocument();
  });

  it('repeat panels, and name data sources', async () => {
    const { api, requests } = backend({
      listDataSources: async () => ({
        items: [
          { kind: 'prometheus', cluster: 'one', title: 'One' },
          { kind: 'prometheus', cluster: 'two', title: 'Two' },
          {
            kind: 'grafana',
            instance: 'g',
            uid: 'u',
            title: 'G',
            isDefault: true,
          },
        ],
        problems: [],
      }),
    });
    show(
      api,
      <Page
        json={{
          templating: {
            list: [
              { type: 'datasource', name: 'ds', query: 'prometheus' },
              {
                type: 'custom',
                name: 'gpu',
                query: '0,1',
                multi: true,
                current: { value: ['0', '1'] },
              },
            ],
          },
          panels: [
            panelJson(1, 'x{gpu="$gpu"}', {
              title: 'GPU $gpu',
              repeat: 'gpu',
              datasource: { type: 'prometheus', uid: '${ds}' },
            }),
          ],
        }}
        next={{ ds: ['two'] }}
      />,
    );
    expect(
      await screen.findByRole('heading', { name: 'GPU 1' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'GPU 0' })).toBeInTheDocument();
    await waitFor(() =>
      expect(
        requests.map(({ dataSource, queries }) => [
          dataSource,
          queries.map(({ expr }) => expr),
        ]),
      ).toEqual([
        [{ kind: 'prometheus', cluster: 'one' }, ['x{gpu="0"}', 'x{gpu="1"}']],
      ]),
    );
    expect(screen.getByText('ds: one of one,two')).toBeInTheDocument();
    await press('Choose');
    await waitFor(() =>
      expect(requests.at(-1)?.dataSource).toEqual({
        kind: 'prometheus',
        cluster: 'two',
      }),
    );
  });

  describe('whose options fail', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    it.each([
      ['Prometheus is away', query('a', 'label_values(a)'), 503, true],
      ['it is refused', query('a', 'label_values(a)'), 403, false],
      [
        'the pattern is wrong',
        query('a', 'label_values(a)', { regex: '/(/' }),
        undefined,
        false,
      ],
      ['the query is wrong', query('a', 'query_result(bad)'), undefined, false],
    ])(
      'because %s are read again only where that may help',
      async (_, variable, statusCode, again) => {
        const { api, answerWith } = backend();
        answerWith(() => ({
          error: { code: 'bad_query', message: 'parse error' },
        }));
        let read = 0;
        const { query: answer } = api;
        api.query = (...request) => {
          read += 1;
          return answer(...request);
        };
        api.labels = async () => {
          read += 1;
          if (statusCode) {
            throw Object.assign(new Error('no'), { statusCode });
          }
          return { values: ['v'], warnings: [] };
        };
        show(api, <Page json={{ templating: { list: [variable] } }} />);
        await act(() => jest.advanceTimersByTimeAsync(5_000));
        expect(read).toBeGreaterThan(0);
        const before = read;
        await act(() => jest.advanceTimersByTimeAsync(20_000));
        expect(read > before).toBe(again);
      },
    );
  });

  it('are read again with those that failed because of them', async () => {
    const { api } = backend();
    const state = { denied: true };
    api.labels = async ({ label }) => {
      if (label === 'team' && state.denied) {
        throw Object.assign(new Error('not yours'), { statusCode: 403 });
      }
      return { values: [`one ${label}`], warnings: [] };
    };
    show(api, <Page json={chained} />);
    expect(await screen.findByText(/^model: .*not yours/)).toBeInTheDocument();
    state.denied = false;
    await press('Retry team');
    expect(await screen.findByText(/^team: .*one team/)).toBeInTheDocument();
    expect(await screen.findByText(/^model: .*one model/)).toBeInTheDocument();
  });

  it('in a circle are said and hold nothing up', async () => {
    const { api, asked } = backend({});
    show(
      api,
      <Page
        json={{
          templating: {
            list: [
              query('a', 'label_values(x{b="$b"}, a)'),
              query('b', 'label_values(x{a="$a"}, b)'),
            ],
          },
          panels: [panelJson(1, 'up')],
        }}
      />,
    );
    expect(
      await screen.findByText('problems: circular-variables'),
    ).toBeInTheDocument();
    await waitFor(() => expect(asked()).toEqual(['up']));
  });
});

describe('dashboards', () => {
  function List() {
    const { data, error } = useDashboards({ entity: 'component:default/m' });
    const one = useDashboard({ source: 'files', uid: 'a/b' });
    return (
      <>
        <p>{`list ${data?.items.map(({ title }) => title).join(',')} ${
          error?.message
        }`}</p>
        <p>{`one ${one.data?.dashboard?.title} ${one.data?.problems
          .map(({ message }) => message)
          .join(',')} ${one.error?.message}`}</p>
      </>
    );
  }

  it('are listed for an entity and parsed when opened', async () => {
    const { api } = backend({
      listDashboards: async options => ({
        items: [
          {
            source: 'files',
            uid: 'a/b',
            title: options?.entity ?? '',
            tags: [],
          },
        ],
        problems: [],
      }),
      getDashboard: async ({ uid }) => ({
        source: 'files',
        dashboard: { title: `Title of ${uid}`, panels: [] },
        problems: [{ source: 'files', message: 'half read' }],
      }),
    });
    await act(async () => {
      show(api, <List />);
    });
    expect(
      await screen.findByText('list component:default/m undefined'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('one Title of a/b half read undefined'),
    ).toBeInTheDocument();
  });
});
