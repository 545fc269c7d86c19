import type {
  DashboardList,
  QueryRequest,
  QueryResponse,
} from '@llm-platform/plugin-grafana-panels-common';
import type { GrafanaPanelsApi } from '../data';
import { createPanelsApiMock } from './panelsApi';

/** A dashboard with a chained choice, marks, two rows (one of them folded) and panels that jsdom can draw. */
export const DASHBOARD = {
  uid: 'demo',
  title: 'Demo',
  description: 'What the tests look at',
  schemaVersion: 42,
  time: { from: 'now-1h', to: 'now' },
  refresh: '30s',
  templating: {
    list: [
      {
        name: 'team',
        type: 'custom',
        query: 'quant,eval',
        multi: true,
        includeAll: true,
        current: { value: ['quant'] },
      },
      {
        name: 'model',
        type: 'query',
        datasource: { type: 'prometheus', uid: 'prometheus' },
        query: 'label_values(up{team=~"$team"}, model)',
      },
      { name: 'note', type: 'textbox', query: 'hello' },
    ],
  },
  annotations: {
    list: [
      {
        name: 'Deployments',
        enable: true,
        iconColor: 'blue',
        expr: 'changes(x[1m])',
        datasource: { type: 'prometheus', uid: 'prometheus' },
      },
    ],
  },
  panels: [
    {
      id: 1,
      type: 'stat',
      title: 'Requests of $model',
      options: { graphMode: 'none', textMode: 'value_and_name' },
      description: 'Per second',
      gridPos: { x: 0, y: 0, w: 12, h: 8 },
      datasource: { type: 'prometheus', uid: 'prometheus' },
      targets: [
        {
          refId: 'A',
          expr: 'sum by (pod) (rate(requests_total{model="$model"}[1m]))',
          legendFormat: '{{pod}}',
        },
      ],
    },
    {
      id: 2,
      type: 'stat',
      title: 'Note: $note',
      gridPos: { x: 12, y: 0, w: 12, h: 8 },
    },
    {
      id: 3,
      type: 'row',
      title: 'More about $model',
      collapsed: true,
      gridPos: { x: 0, y: 8, w: 24, h: 1 },
      panels: [
        {
          id: 4,
          type: 'news',
          title: 'Headlines',
          gridPos: { x: 0, y: 9, w: 24, h: 4 },
        },
      ],
    },
  ],
};

export const DASHBOARDS: DashboardList = {
  items: [
    { source: 'files', uid: 'demo', title: 'Demo', tags: ['llm-platform'] },
    {
      source: 'main',
      uid: 'gpu',
      title: 'GPU fleet',
      tags: ['gpu', 'llm-platform'],
      folder: 'Hardware',
      url: 'https://grafana.example/d/gpu',
    },
  ],
  problems: [],
};

/** Answers every query with one row per pod: its value is the number of the request, from 1. */
export function answering() {
  const asked: QueryRequest[] = [];
  const query = async (request: QueryRequest): Promise<QueryResponse> => {
    asked.push(request);
    return {
      asOf: request.to,
      results: request.queries.map(({ refId, expr, stepSeconds }) => ({
        refId,
        stepSeconds,
        executedExpr: expr,
        series: expr.includes('requests_total')
          ? [
              {
                labels: { pod: '=pod-a' },
                times: [Math.floor(request.to / 1000)],
                values: [asked.length],
              },
            ]
          : [],
      })),
    };
  };
  return { asked, query };
}

/** The API of a portal that has the dashboard above. */
export function demoApi(
  answers: Partial<GrafanaPanelsApi> = {},
): GrafanaPanelsApi {
  return createPanelsApiMock({
    listDashboards: async () => DASHBOARDS,
    getDashboard: async () => ({
      source: 'files',
      dashboard: DASHBOARD,
      url: 'https://grafana.example/d/demo',
      problems: [],
    }),
    listDataSources: async () => ({
      items: [{ kind: 'prometheus', cluster: 'embedded', title: 'embedded' }],
      problems: [],
    }),
    labels: async ({ match }) => ({
      values: match?.join().includes('eval')
        ? ['judge', 'smollm2']
        : ['smollm2'],
      warnings: [],
    }),
    query: answering().query,
    ...answers,
  });
}
