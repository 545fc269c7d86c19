import {
  selectOf,
  scopedValueOf,
  type Variable,
  type VariableScope,
} from '../variables';
import { expandRepeats, parseDashboard, type Dashboard } from '.';
import { DASHBOARD_LIMITS } from './limits';

/** Parses what must be a dashboard. */
function read(json: object): Dashboard & { codes: string[] } {
  const { dashboard, problems } = parseDashboard({ title: 'T', ...json });
  if (!dashboard) {
    throw new Error(JSON.stringify(problems));
  }
  return { ...dashboard, codes: problems.map(({ code }) => code) };
}

const panelOf = (panel: object) => read({ panels: [panel] }).rows[0].panels[0];

const places = (dashboard: Pick<Dashboard, 'rows'>) =>
  dashboard.rows.map(row => ({
    title: row.title,
    panels: row.panels.map(
      ({ id, gridPos: { x, y, w, h } }) => `${id}@${x},${y} ${w}x${h}`,
    ),
  }));

const graph = (id: number, x: number, y: number, w = 12, h = 8) => ({
  id,
  type: 'timeseries',
  gridPos: { x, y, w, h },
});

describe('a dashboard', () => {
  it('has its general settings', () => {
    const dashboard = read({
      uid: 'u',
      description: 'D',
      tags: ['a', 3, null],
      schemaVersion: 39,
      time: { from: 'now-2h', to: 'now' },
      timezone: 'utc',
      refresh: '30s',
      graphTooltip: 1,
      timepicker: { refresh_intervals: ['10s'] },
      links: [
        { type: 'dashboards', tags: ['x'], title: 'More', keepTime: true },
        { type: 'link', url: 'https://e', targetBlank: true },
      ],
      panels: [],
    });
    expect(dashboard).toMatchObject({
      uid: 'u',
      title: 'T',
      description: 'D',
      tags: ['a', '3'],
      schemaVersion: 39,
      time: { from: 'now-2h', to: 'now' },
      timeZone: 'utc',
      refresh: '30s',
      refreshIntervals: ['10s'],
      sharedCursor: 'crosshair',
      links: [
        { title: 'More', kind: 'dashboards', tags: ['x'], keepTime: true },
        { title: 'https://e', kind: 'link', newTab: true },
      ],
      codes: [],
    });
  });

  it('is also read out of what interfaces put around it', () => {
    expect(read({ dashboard: { title: 'In', panels: [] } }).title).toBe('In');
    expect(
      read({
        apiVersion: 'dashboard.grafana.app/v1beta1',
        metadata: { name: 'uid' },
        spec: { title: 'In', panels: [] },
      }),
    ).toMatchObject({ title: 'In', uid: 'uid' });
  });

  const cycle: Record<string, unknown> = { title: 'T', panels: [] };
  cycle.panels = [cycle];
  const deep: Record<string, unknown> = { title: 'T', panels: [] };
  let inner = deep;
  for (let i = 0; i < 20_000; i++) {
    inner.links = {};
    inner = inner.links as Record<string, unknown>;
  }
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'not-a-dashboard'],
    ['a text', 'x', 'not-a-dashboard'],
    ['a list', [], 'not-a-dashboard'],
    ['any other object', { apiVersion: 'v1', kind: 'Pod' }, 'not-a-dashboard'],
    ['a cycle', cycle, 'too-large'],
    ['endless nesting', deep, 'too-large'],
    [
      'too many values',
      { title: 'T', panels: new Array(DASHBOARD_LIMITS.nodes).fill(0) },
      'too-large',
    ],
  ])('is not made of %s', (_, json, code) => {
    const { dashboard, problems } = parseDashboard(json);
    expect(dashboard).toBeUndefined();
    expect(problems).toMatchObject([{ code, severity: 'error' }]);
    expect(problems[0].message).toMatch(/\w+ .*\./);
  });

  it('survives anything in the place of anything', () => {
    const odd = [null, 3, 'x', [], {}, [null], [[3]], true];
    const keys = [
      'panels',
      'rows',
      'templating',
      'annotations',
      'links',
      'time',
      'tags',
      'timepicker',
      '__inputs',
      'elements',
    ];
    for (const key of keys) {
      for (const value of odd) {
        expect(read({ [key]: value, panels: [] })).toBeDefined();
      }
    }
    const parts = [
      'targets',
      'options',
      'fieldConfig',
      'transformations',
      'gridPos',
      'datasource',
      'links',
      'libraryPanel',
      'styles',
      'yaxes',
      'repeat',
      'id',
      'thresholds',
      'legend',
      'xaxis',
      'seriesOverrides',
      'aliasColors',
      'gauge',
      'type',
    ];
    for (const type of ['graph', 'singlestat', 'table', 'heatmap', 'row']) {
      for (const part of parts) {
        for (const value of odd) {
          expect(read({ panels: [{ type, [part]: value }] })).toBeDefined();
        }
      }
    }
  });

  it('shows at most so many panels and says how many are missing', () => {
    const panels = Array.from(
      { length: DASHBOARD_LIMITS.panels + 3 },
      (_, index) => graph(index + 1, 0, index),
    );
    const { rows, codes } = read({ panels });
    expect(rows[0].panels).toHaveLength(DASHBOARD_LIMITS.panels);
    expect(codes).toEqual(['too-many-panels']);
  });
});

describe('rows and places', () => {
  it('are the panels after a row, or those inside a folded one', () => {
    const dashboard = read({
      panels: [
        graph(5, 12, 9),
        {
          type: 'row',
          id: 2,
          title: 'Open',
          gridPos: { x: 0, y: 8, w: 24, h: 1 },
        },
        graph(1, 0, 0),
        graph(4, 0, 9),
        {
          type: 'row',
          id: 6,
          title: 'Folded',
          collapsed: true,
          gridPos: { x: 0, y: 17, w: 24, h: 1 },
          panels: [graph(7, 0, 18)],
        },
      ],
    });
    expect(places(dashboard)).toEqual([
      { title: undefined, panels: ['1@0,0 12x8'] },
      { title: 'Open', panels: ['4@0,0 12x8', '5@12,0 12x8'] },
      { title: 'Folded', panels: ['7@0,0 12x8'] },
    ]);
    expect(dashboard.rows.map(({ collapsed }) => collapsed)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('leave no gap and put nothing over another', () => {
    expect(
      places(
        read({
          panels: [graph(1, 0, 4), graph(2, 6, 6), graph(3, 0, 40, 3, 2), {}],
        }),
      )[0].panels,
    ).toEqual(['4@0,0 12x8', '1@0,8 12x8', '3@0,16 3x2', '2@6,16 12x8']);
  });

  it('have their panels inside the grid, whatever their numbers are', () => {
    const panels = [
      graph(1, 30, 0, 99, 1e9),
      graph(2, -5, NaN, 0, -1),
      graph(3, 20, 3, 12, 2),
    ];
    expect(places(read({ panels }))).toEqual([
      {
        title: undefined,
        panels: ['1@0,0 24x100', '2@0,100 1x1', '3@12,100 12x2'],
      },
    ]);
  });

  it('come from rows of twelfths and pixels in old dashboards', () => {
    const dashboard = read({
      schemaVersion: 14,
      rows: [
        {
          title: 'Hidden title',
          height: '190px',
          panels: [
            { id: 1, type: 'graph', span: 6 },
            { id: 2, type: 'graph', span: 6 },
            { id: 3, type: 'graph', span: 12, height: 380 },
          ],
        },
        {
          title: 'Shown',
          showTitle: true,
          collapse: true,
          repeat: 'node',
          height: 100,
          panels: [{ id: 4, type: 'singlestat', span: 3 }],
        },
      ],
    });
    expect(places(dashboard)).toEqual([
      {
        title: undefined,
        panels: ['1@0,0 12x5', '2@12,0 12x5', '3@0,5 24x10'],
      },
      { title: 'Shown', panels: ['4@0,0 6x3'] },
    ]);
    expect(dashboard.rows[1]).toMatchObject({
      collapsed: true,
      repeat: 'node',
    });
  });

  it('give every panel an id of its own', () => {
    const { rows } = read({
      panels: [{ id: 2 }, { id: 2 }, {}, { id: 'x' }],
    });
    expect(rows[0].panels.map(({ id }) => id).sort()).toEqual([
      '1',
      '2',
      '3',
      'x',
    ]);
  });
});

describe('repeats', () => {
  const scopeOf = (values: string[], allValue?: string): VariableScope => {
    const variable: Variable = {
      kind: 'custom',
      name: 'gpu',
      hide: 'nothing',
      multi: true,
      includeAll: true,
      allowCustomValue: true,
      allValue,
      current: ['$__all'],
      options: [],
    };
    const options = values.map(value => ({ text: `GPU ${value}`, value }));
    const value = scopedValueOf(selectOf(variable, options, {}), new Map(), {
      from: 0,
      to: 1,
    });
    return new Map(value ? [['gpu', value]] : []);
  };

  it('put panels side by side and push down what is below', () => {
    const dashboard = read({
      panels: [
        { ...graph(1, 0, 0, 24, 4), repeat: 'gpu', maxPerRow: 2 },
        graph(2, 0, 4),
      ],
    });
    const { rows, notices } = expandRepeats(
      dashboard,
      scopeOf(['a', 'b', 'c'], '.*'),
    );
    expect(places({ rows })[0].panels).toEqual([
      '1@0,0 12x4',
      '1:gpu=b@12,0 12x4',
      '1:gpu=c@0,4 12x4',
      '2@0,8 12x8',
    ]);
    expect(rows[0].panels[1]).toMatchObject({
      sourceId: '1',
      repeated: [{ variable: 'gpu', value: 'b', text: 'GPU b' }],
    });
    expect(notices).toEqual([]);
  });

  it('put them one below the other, and rows with all that is in them', () => {
    const dashboard = read({
      panels: [
        { type: 'row', id: 9, title: '$gpu', repeat: 'gpu' },
        { ...graph(1, 0, 1, 6, 4), repeat: 'gpu', repeatDirection: 'v' },
        { ...graph(2, 0, 5, 6, 4), repeat: 'rank', repeatDirection: 'v' },
      ],
    });
    const scope = new Map(scopeOf(['a', 'b']));
    scope.set('rank', scopeOf(['a', 'b']).get('gpu')!);
    const { rows } = expandRepeats(dashboard, scope);
    expect(places({ rows })).toEqual([
      {
        title: '$gpu',
        panels: ['1@0,0 6x4', '2@0,4 6x4', '2:rank=b@0,8 6x4'],
      },
      {
        title: '$gpu',
        panels: [
          '1:gpu=b@0,0 6x4',
          '2:gpu=b@0,4 6x4',
          '2:gpu=b:rank=b@0,8 6x4',
        ],
      },
    ]);
    expect(rows[1].repeated).toMatchObject({ value: 'b' });
    expect(rows[1].panels[2].repeated).toMatchObject([
      { variable: 'gpu', value: 'b' },
      { variable: 'rank', value: 'b' },
    ]);
    const ids = rows.flatMap(row => row.panels.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keep the panel when there is nothing to repeat it for, and have an end', () => {
    const dashboard = read({ panels: [{ ...graph(1, 0, 0), repeat: 'gpu' }] });
    for (const scope of [new Map(), scopeOf([])]) {
      expect(expandRepeats(dashboard, scope).rows[0].panels).toHaveLength(1);
    }
    const many = Array.from({ length: 1_200 }, (_, index) => `g${index}`);
    const { rows, notices } = expandRepeats(dashboard, scopeOf(many));
    expect(rows[0].panels).toHaveLength(DASHBOARD_LIMITS.panels);
    expect(notices).toMatchObject([
      { code: 'too-many-panels', message: expect.stringContaining('200') },
    ]);
  });
});

describe('queries', () => {
  it('have everything that a question needs', () => {
    const { targets, dataSource } = panelOf({
      type: 'stat',
      datasource: 'Prom',
      targets: [
        {
          expr: 'up',
          legendFormat: '{{job}}',
          interval: '1m',
          intervalFactor: 2,
        },
        {
          refId: 'A',
          expr: 'down',
          instant: true,
          format: 'table',
          hide: true,
        },
        { expr: 'x', instant: true, range: true, datasource: { uid: 'other' } },
        { expr: 'y', step: 240, format: 'odd' },
      ],
    });
    expect(dataSource).toEqual({ uid: 'Prom' });
    expect(targets).toMatchObject([
      {
        refId: 'A',
        range: true,
        instant: false,
        format: 'time_series',
        legendFormat: '{{job}}',
        interval: '1m',
        intervalFactor: 2,
        hide: false,
        dataSource: { uid: 'Prom' },
      },
      { refId: 'B', range: false, instant: true, format: 'table', hide: true },
      { refId: 'C', range: true, instant: true, dataSource: { uid: 'other' } },
      { refId: 'D', interval: '240', format: 'time_series' },
    ]);
  });

  it('of other data sources are said', () => {
    const { codes, rows } = read({
      panels: [
        {
          id: 1,
          type: 'logs',
          datasource: { type: 'loki', uid: 'l' },
          targets: [{ expr: '{a="b"}' }],
        },
        {
          id: 2,
          type: 'stat',
          datasource: { type: 'datasource', uid: '-- Mixed --' },
          targets: [
            { expr: 'up', datasource: { type: 'prometheus', uid: 'p' } },
            { datasource: { type: '__expr__', uid: '__expr__' } },
          ],
        },
      ],
    });
    expect(codes).toEqual(['other-data-source', 'other-data-source']);
    expect(rows[0].panels[1].dataSource).toBeUndefined();
    expect(rows[0].panels[1].targets[0].dataSource?.uid).toBe('p');
  });

  it('of another panel are asked again, and never in a circle', () => {
    const shown = { type: 'datasource', uid: '-- Dashboard --' };
    const { codes, rows } = read({
      panels: [
        {
          id: 1,
          type: 'stat',
          datasource: { type: 'prometheus', uid: 'p' },
          targets: [{ expr: 'up' }],
        },
        { id: 2, datasource: shown, type: 'stat', targets: [{ panelId: 1 }] },
        { id: 3, datasource: shown, type: 'stat', targets: [{ panelId: 4 }] },
        { id: 4, datasource: shown, type: 'stat', targets: [{ panelId: 3 }] },
      ],
    });
    const [, two, three, four] = rows[0].panels
      .sort((a, b) => Number(a.id) - Number(b.id))
      .map(({ targets }) => targets);
    expect(two).toMatchObject([{ expr: 'up', dataSource: { uid: 'p' } }]);
    expect([three, four]).toEqual([[], []]);
    expect(codes).toEqual(['other-panel', 'other-panel']);
  });

  it('have the constants of an export', () => {
    const { rows } = read({
      __inputs: [
        { name: 'VAR_JOB', type: 'constant', value: 'gateway' },
        { name: 'DS_PROMETHEUS', type: 'datasource', pluginId: 'prometheus' },
      ],
      panels: [
        {
          type: 'stat',
          datasource: '${DS_PROMETHEUS}',
          targets: [{ expr: 'up{job="${VAR_JOB}",a="${b}"}' }],
        },
      ],
    });
    const [panel] = rows[0].panels;
    expect(panel.targets[0].expr).toBe('up{job="gateway",a="${b}"}');
    expect(panel.dataSource).toEqual({ uid: '${DS_PROMETHEUS}' });
  });

  it('of a library panel are those that came with it', () => {
    const library = { uid: 'l', name: 'Lib' };
    const { rows, codes } = read({
      panels: [
        {
          id: 1,
          gridPos: { x: 0, y: 0, w: 6, h: 3 },
          libraryPanel: {
            ...library,
            model: { type: 'stat', targets: [{ expr: 'up' }] },
          },
        },
        { id: 2, libraryPanel: library },
      ],
    });
    const [first] = rows[0].panels;
    expect(first).toMatchObject({ type: 'stat', targets: [{ expr: 'up' }] });
    expect(first.gridPos.w).toBe(6);
    expect(codes).toEqual(['library-panel']);
  });
});

describe('variables', () => {
  const variablesOf = (...list: object[]) => read({ templating: { list } });

  it.each<[string, object, object]>([
    [
      'of a query',
      {
        name: 'a',
        query: { query: 'label_values(a)', refId: 'x' },
        datasource: { type: 'prometheus', uid: '${ds}' },
        refresh: 2,
        sort: 3,
        regex: '/x/',
        multi: true,
        includeAll: true,
        allValue: '.*',
        current: { text: 'All', value: ['$__all'] },
        hide: 2,
      },
      {
        kind: 'query',
        query: 'label_values(a)',
        dataSource: { uid: '${ds}' },
        refreshOnTimeRange: true,
        sort: 'numerical',
        regex: '/x/',
        allValue: '.*',
        current: ['$__all'],
        hide: 'variable',
      },
    ],
    [
      'of a query in parts',
      {
        name: 'a',
        type: 'query',
        query: {
          qryType: 1,
          label: 'job',
          metric: 'up',
          labelFilters: [{ label: 'x', op: '=~', value: 'y"' }],
        },
      },
      { query: 'label_values(up{x=~"y\\""}, job)' },
    ],
    [
      'with options',
      { name: 'a', type: 'custom', query: 'x, Shown : y ,z\\,z', current: 'x' },
      {
        kind: 'custom',
        options: [
          { text: 'x', value: 'x' },
          { text: 'Shown', value: 'y' },
          { text: 'z,z', value: 'z,z' },
        ],
        current: ['x'],
      },
    ],
    [
      'with intervals',
      {
        name: 'a',
        type: 'interval',
        query: '"1m",10m, 1h',
        auto: true,
        auto_count: 30,
        auto_min: '20s',
        current: { value: '$__auto_interval_a' },
      },
      {
        intervals: ['1m', '10m', '1h'],
        auto: { count: 30, min: '20s' },
        current: ['$__auto'],
      },
    ],
    [
      'with a constant',
      { name: 'a', type: 'constant', query: 'v' },
      { kind: 'constant', value: 'v' },
    ],
    [
      'with a text',
      { name: 'a', type: 'textbox', query: 'v', current: { value: 'w' } },
      { kind: 'textbox', current: ['w'] },
    ],
    [
      'with data sources',
      { name: 'a', type: 'datasource', query: 'prometheus', regex: '/p/' },
      { kind: 'datasource', pluginType: 'prometheus', regex: '/p/' },
    ],
    [
      'with a switch',
      { name: 'a', type: 'switch', enabledValue: 'on', disabledValue: 'off' },
      { kind: 'switch', enabledValue: 'on', current: ['off'] },
    ],
  ])('%s', (_, json, expected) => {
    const { variables, codes } = variablesOf(json);
    expect(variables).toMatchObject([{ name: 'a', ...expected }]);
    expect(codes).toEqual([]);
  });

  it('that are not known, named or unique are said', () => {
    const { variables, codes } = variablesOf(
      { name: 'filters', type: 'adhoc' },
      { name: 'a b', type: 'custom' },
      { name: 'x', type: 'custom' },
      { name: 'x', type: 'textbox' },
    );
    expect(variables).toMatchObject([
      { name: 'filters', kind: 'unsupported', type: 'adhoc' },
      { name: 'x', kind: 'custom' },
    ]);
    expect(codes).toEqual([
      'variable-not-supported',
      'variable-name',
      'variable-duplicate',
    ]);
  });
});

describe('annotations', () => {
  it('come from a Prometheus; others are said', () => {
    const { annotations, codes } = read({
      annotations: {
        list: [
          {
            builtIn: 1,
            name: 'Annotations & Alerts',
            datasource: '-- Grafana --',
          },
          {
            name: 'Deployments',
            enable: true,
            iconColor: 'red',
            expr: 'changes(x[1m]) > 0',
            step: '60s',
            tagKeys: 'a, b',
            titleFormat: '{{a}}',
            useValueForTime: 'on',
            filter: { exclude: true, ids: [3] },
          },
          { name: 'New', target: { expr: 'y' }, enable: false, hide: true },
          { name: 'Tags', datasource: { uid: '-- Grafana --' }, target: {} },
        ],
      },
    });
    expect(annotations).toMatchObject([
      {
        name: 'Deployments',
        enabled: true,
        color: 'red',
        tagKeys: ['a', 'b'],
        useValueForTime: true,
        filter: { exclude: true, ids: ['3'] },
      },
      { name: 'New', expr: 'y', enabled: false, hidden: true },
    ]);
    expect(codes).toEqual(['annotation-not-supported']);
  });
});

describe('panels of older Grafanas', () => {
  it('draw a graph as time series', () => {
    const panel = panelOf({
      type: 'graph',
      bars: false,
      lines: true,
      linewidth: 2,
      fill: 3,
      stack: true,
      nullPointMode: 'connected',
      steppedLine: true,
      legend: {
        show: true,
        values: true,
        avg: true,
        current: true,
        alignAsTable: true,
        rightSide: true,
        sort: 'avg',
        sortDesc: true,
      },
      tooltip: { shared: true, sort: 2 },
      yaxes: [
        { format: 'bytes', min: '0', logBase: 2, label: 'Size' },
        { format: 'percentunit', max: 1 },
      ],
      aliasColors: { a: '#f00' },
      seriesOverrides: [
        { alias: '/rate/', yaxis: 2, bars: true, color: 'blue', stack: false },
        { color: 'red' },
      ],
      thresholds: [
        { value: 80, op: 'gt', colorMode: 'critical', fill: true, line: true },
      ],
    });
    expect(panel.type).toBe('timeseries');
    expect(panel.originalType).toBe('graph');
    expect(panel.options).toEqual({
      legend: {
        showLegend: true,
        displayMode: 'table',
        placement: 'right',
        calcs: ['mean', 'lastNotNull'],
        sortBy: 'Mean',
        sortDesc: true,
      },
      tooltip: { mode: 'multi', sort: 'desc' },
    });
    expect(panel.fieldConfig.defaults).toMatchObject({
      unit: 'bytes',
      min: 0,
      thresholds: {
        steps: [
          { value: null, color: 'transparent' },
          { value: 80, color: 'red' },
        ],
      },
      custom: {
        drawStyle: 'line',
        lineInterpolation: 'stepAfter',
        lineWidth: 2,
        fillOpacity: 30,
        spanNulls: true,
        stacking: { mode: 'normal' },
        axisLabel: 'Size',
        scaleDistribution: { type: 'log', log: 2 },
        thresholdsStyle: { mode: 'line+area' },
      },
    });
    expect(panel.fieldConfig.overrides).toEqual([
      {
        matcher: { id: 'byName', options: 'a' },
        properties: [
          { id: 'color', value: { mode: 'fixed', fixedColor: '#f00' } },
        ],
      },
      {
        matcher: { id: 'byRegexp', options: '/rate/' },
        properties: expect.arrayContaining([
          { id: 'custom.axisPlacement', value: 'right' },
          { id: 'unit', value: 'percentunit' },
          { id: 'max', value: 1 },
          { id: 'custom.drawStyle', value: 'bars' },
          { id: 'custom.stacking', value: { mode: 'none', group: 'A' } },
        ]),
      },
    ]);
  });

  it('draw a singlestat as stat or gauge', () => {
    const json = {
      type: 'singlestat',
      format: 'percent',
      valueName: 'current',
      thresholds: '80,90',
      colors: ['green', 'orange', 'red'],
      colorBackground: true,
      sparkline: { show: true },
      mappingType: 1,
      valueMaps: [
        { value: 'null', text: 'N/A' },
        { value: '1', text: 'Up' },
      ],
    };
    expect(panelOf(json)).toMatchObject({
      type: 'stat',
      options: {
        colorMode: 'background',
        graphMode: 'area',
        reduceOptions: { calcs: ['lastNotNull'] },
      },
      fieldConfig: {
        defaults: {
          unit: 'percent',
          thresholds: {
            steps: [
              { value: null, color: 'green' },
              { value: 80, color: 'orange' },
              { value: 90, color: 'red' },
            ],
          },
          mappings: [
            { type: 'special', options: { match: 'null' } },
            { type: 'value', options: { 1: { text: 'Up' } } },
          ],
        },
      },
    });
    expect(
      panelOf({ ...json, gauge: { show: true, maxValue: 50 } }),
    ).toMatchObject({
      type: 'gauge',
      fieldConfig: { defaults: { min: 0, max: 50 } },
    });
  });

  it('draw the old table, pie chart, heatmap and text', () => {
    expect(
      panelOf({
        type: 'table',
        transform: 'timeseries_aggregations',
        columns: [{ text: 'Avg', value: 'avg' }],
        sort: { col: 0, desc: true },
        styles: [
          { pattern: '/.*/', type: 'number', unit: 'short', decimals: 1 },
          { pattern: 'Time', type: 'hidden' },
          {
            pattern: 'Value #A',
            alias: 'CPU',
            type: 'number',
            unit: 'percentunit',
            colorMode: 'cell',
            colors: ['green', 'orange', 'red'],
            thresholds: ['0.5', '0.8'],
            link: true,
            linkUrl: 'https://x/$__cell',
          },
        ],
      }),
    ).toMatchObject({
      type: 'table',
      options: { sortBy: [{ displayName: 'Avg', desc: true }] },
      transformations: [{ id: 'reduce', options: { reducers: ['mean'] } }],
      fieldConfig: {
        defaults: { unit: 'short', decimals: 1 },
        overrides: [
          {
            matcher: { id: 'byName', options: 'Time' },
            properties: [{ id: 'custom.hidden', value: true }],
          },
          {
            matcher: { options: 'Value #A' },
            properties: expect.arrayContaining([
              { id: 'displayName', value: 'CPU' },
              { id: 'custom.cellOptions', value: { type: 'color-background' } },
              {
                id: 'links',
                value: [
                  {
                    url: 'https://x/${__value.raw}',
                    title: 'Open',
                    targetBlank: false,
                  },
                ],
              },
            ]),
          },
        ],
      },
    });
    expect(
      panelOf({
        type: 'grafana-piechart-panel',
        pieType: 'donut',
        valueName: 'total',
        legendType: 'Right side',
        legend: { values: true, percentage: true },
      }),
    ).toMatchObject({
      type: 'piechart',
      options: {
        pieType: 'donut',
        reduceOptions: { calcs: ['sum'] },
        legend: { placement: 'right', values: ['value', 'percent'] },
      },
    });
    expect(
      panelOf({
        type: 'heatmap',
        dataFormat: 'tsbuckets',
        color: { mode: 'spectrum', colorScheme: 'interpolateBlues' },
        yAxis: { format: 's', decimals: 1 },
        hideZeroBuckets: true,
      }),
    ).toMatchObject({
      type: 'heatmap',
      options: {
        calculate: false,
        color: { mode: 'scheme', scheme: 'Blues' },
        yAxis: { unit: 's', decimals: 1 },
        filterValues: { le: 1e-9 },
      },
    });
    expect(
      panelOf({ type: 'text', content: '# Hi', mode: 'markdown' }).options,
    ).toEqual({ content: '# Hi', mode: 'markdown' });
  });

  it('keep the settings that Grafana 6 had inside options', () => {
    expect(
      panelOf({
        type: 'gauge',
        options: {
          fieldOptions: {
            calcs: ['last'],
            values: false,
            defaults: {
              unit: 'percent',
              title: 'CPU',
              max: 100,
              mappings: [{ type: 2, from: '0', to: '5', text: 'idle' }],
            },
            thresholds: [
              { index: 0, value: null, color: 'green' },
              { index: 1, value: 80, color: 'red' },
            ],
          },
          orientation: 'auto',
        },
      }),
    ).toMatchObject({
      type: 'gauge',
      options: { orientation: 'auto', reduceOptions: { calcs: ['last'] } },
      fieldConfig: {
        defaults: {
          unit: 'percent',
          displayName: 'CPU',
          max: 100,
          mappings: [
            {
              type: 'range',
              options: { from: 0, to: 5, result: { text: 'idle' } },
            },
          ],
          thresholds: {
            mode: 'absolute',
            steps: [
              { value: null, color: 'green' },
              { value: 80, color: 'red' },
            ],
          },
        },
      },
    });
  });

  it("keep today's options and unknown types as they are", () => {
    const panel = panelOf({
      type: 'some-plugin-panel',
      options: { a: 1 },
      fieldConfig: {
        defaults: { unit: 's' },
        overrides: [{ matcher: { id: 'byName', options: 'x' } }, { bad: 1 }],
      },
    });
    expect(panel).toMatchObject({
      type: 'some-plugin-panel',
      options: { a: 1 },
    });
    expect(panel.originalType).toBeUndefined();
    expect(panel.fieldConfig).toEqual({
      defaults: { unit: 's' },
      overrides: [{ matcher: { id: 'byName', options: 'x' }, properties: [] }],
    });
  });
});

describe('a dashboard of elements and layouts', () => {
  const element = (id: number, extra: object = {}) => ({
    kind: 'Panel',
    spec: {
      id,
      title: `P${id}`,
      vizConfig: {
        kind: 'VizConfig',
        group: 'timeseries',
        spec: {
          options: { a: 1 },
          fieldConfig: { defaults: {}, overrides: [] },
        },
      },
      data: {
        kind: 'QueryGroup',
        spec: {
          queries: [
            {
              kind: 'PanelQuery',
              spec: {
                refId: 'Q',
                hidden: false,
                query: {
                  kind: 'DataQuery',
                  group: 'prometheus',
                  datasource: { name: 'prom' },
                  spec: { expr: 'up' },
                },
              },
            },
          ],
          transformations: [
            { kind: 'reduce', spec: { id: 'reduce', options: {} } },
          ],
          queryOptions: { interval: '1m' },
        },
      },
      ...extra,
    },
  });
  const placed = (kind: string, name: string, extra: object = {}) => ({
    kind,
    spec: { element: { kind: 'ElementReference', name }, ...extra },
  });

  it('is the same as one of placed panels', () => {
    const dashboard = read({
      apiVersion: 'dashboard.grafana.app/v2beta1',
      kind: 'Dashboard',
      metadata: { name: 'uid' },
      spec: {
        title: 'New',
        cursorSync: 'Tooltip',
        timeSettings: { from: 'now-1h', to: 'now', autoRefresh: '1m' },
        variables: [
          {
            kind: 'QueryVariable',
            spec: {
              name: 'm',
              hide: 'hideLabel',
              refresh: 'onTimeRangeChanged',
              sort: 'naturalDesc',
              multi: true,
              includeAll: true,
              current: { value: '$__all' },
              query: {
                kind: 'DataQuery',
                group: 'prometheus',
                datasource: { name: 'prom' },
                spec: { query: 'label_values(m)' },
              },
            },
          },
          {
            kind: 'DatasourceVariable',
            spec: { name: 'ds', pluginId: 'prometheus' },
          },
        ],
        annotations: [
          {
            kind: 'AnnotationQuery',
            spec: {
              name: 'D',
              enable: true,
              iconColor: 'red',
              query: {
                kind: 'DataQuery',
                group: 'prometheus',
                spec: { expr: 'x' },
              },
            },
          },
        ],
        elements: { a: element(1), b: element(2), c: element(3) },
        layout: {
          kind: 'RowsLayout',
          spec: {
            rows: [
              {
                kind: 'RowsLayoutRow',
                spec: {
                  title: 'One',
                  layout: {
                    kind: 'GridLayout',
                    spec: {
                      items: [
                        placed('GridLayoutItem', 'a', {
                          x: 0,
                          y: 0,
                          width: 12,
                          height: 5,
                          repeat: {
                            mode: 'variable',
                            value: 'm',
                            direction: 'v',
                          },
                        }),
                        placed('GridLayoutItem', 'none', { x: 12, y: 0 }),
                      ],
                    },
                  },
                },
              },
              {
                kind: 'RowsLayoutRow',
                spec: {
                  title: 'Two',
                  collapse: true,
                  layout: {
                    kind: 'AutoGridLayout',
                    spec: {
                      maxColumnCount: 2,
                      rowHeightMode: 'short',
                      items: [
                        placed('AutoGridLayoutItem', 'b'),
                        placed('AutoGridLayoutItem', 'c'),
                      ],
                    },
                  },
                },
              },
            ],
          },
        },
      },
    });
    expect(dashboard).toMatchObject({
      uid: 'uid',
      title: 'New',
      refresh: '1m',
      sharedCursor: 'tooltip',
      variables: [
        {
          kind: 'query',
          query: 'label_values(m)',
          dataSource: { type: 'prometheus', uid: 'prom' },
          sort: 'natural-desc',
          refreshOnTimeRange: true,
          hide: 'label',
        },
        { kind: 'datasource', pluginType: 'prometheus' },
      ],
      annotations: [{ name: 'D', expr: 'x', color: 'red' }],
      codes: ['element'],
    });
    expect(places(dashboard)).toEqual([
      { title: 'One', panels: ['1@0,0 12x5'] },
      { title: 'Two', panels: ['2@0,0 12x5', '3@12,0 12x5'] },
    ]);
    expect(dashboard.rows[1].collapsed).toBe(true);
    expect(dashboard.rows[0].panels[0]).toMatchObject({
      type: 'timeseries',
      title: 'P1',
      options: { a: 1 },
      interval: '1m',
      repeat: { variable: 'm', direction: 'v' },
      transformations: [{ id: 'reduce' }],
      targets: [
        {
          refId: 'Q',
          expr: 'up',
          dataSource: { type: 'prometheus', uid: 'prom' },
        },
      ],
    });
  });

  it('says what it shows otherwise', () => {
    const { codes, rows } = read({
      elements: { a: element(1) },
      layout: {
        kind: 'TabsLayout',
        spec: {
          tabs: [
            {
              kind: 'TabsLayoutTab',
              spec: {
                title: 'Tab',
                conditionalRendering: {},
                layout: { kind: 'NewLayout' },
              },
            },
          ],
        },
      },
    });
    expect(codes).toEqual(['tabs', 'conditional-rendering', 'layout']);
    expect(rows[0].title).toBe('Tab');
  });
});
