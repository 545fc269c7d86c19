import {
  FakeGrafana,
  GRAFANA_TOKEN,
  matrix,
  startPanels,
  success,
} from '../__testUtils__';

const NOON = Date.UTC(2026, 10, 23, 12);

/** A component with annotations. */
function entity(name: string, annotations: Record<string, string>) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
  };
}

describe('dashboards and data of a Grafana', () => {
  let grafana: FakeGrafana;
  let panels: Awaited<ReturnType<typeof startPanels>>;

  async function start(
    options: {
      instance?: object;
      annotations?: Record<string, string>;
      path?: string;
    } = {},
  ) {
    grafana = await FakeGrafana.start();
    grafana.dashboards.push(
      {
        dashboard: {
          uid: 'a',
          title: 'Alpha',
          tags: ['quant', 'generated'],
          panels: [
            { id: 1, type: 'stat', title: 'One' },
            {
              id: 2,
              gridPos: { x: 0, y: 8, w: 12, h: 8 },
              libraryPanel: { uid: 'lib', name: 'Shared' },
            },
            {
              id: 3,
              type: 'row',
              panels: [
                { id: 4, libraryPanel: { uid: 'lib', name: 'Shared' } },
                { id: 5, libraryPanel: { uid: 'gone', name: 'Gone' } },
              ],
            },
          ],
        },
        folderTitle: 'Teams',
      },
      { dashboard: { uid: 'b', title: 'Beta', tags: ['eval'] } },
    );
    grafana.libraryPanels.lib = {
      type: 'timeseries',
      title: 'Shared panel',
      // A library panel within a library panel would never end
      libraryPanel: { uid: 'lib', name: 'Shared' },
      panels: [{ id: 9, libraryPanel: { uid: 'lib', name: 'Shared' } }],
    };
    panels = await startPanels({
      entities: [entity('thing', options.annotations ?? {})],
      llmPlatform: {
        grafana: {
          instances: [
            {
              id: 'main',
              url: `${grafana.url}${options.path ?? ''}`,
              publicUrl: 'https://grafana.example.com',
              token: GRAFANA_TOKEN,
              ...options.instance,
            },
          ],
        },
      },
    });
  }
  afterEach(async () => {
    await panels.stop();
    await grafana.stop();
  });

  const uidsFor = async (path = '/dashboards') => {
    const { body } = await panels.get('mia', path);
    return body.items.map(({ uid }: { uid: string }) => uid);
  };

  it('lists them, with where people find them', async () => {
    await start();
    const { body } = await panels.get('mia', '/dashboards');
    expect(body).toEqual({
      items: [
        {
          source: 'main',
          uid: 'a',
          title: 'Alpha',
          tags: ['quant', 'generated'],
          folder: 'Teams',
          url: 'https://grafana.example.com/d/a/slug',
        },
        {
          source: 'main',
          uid: 'b',
          title: 'Beta',
          tags: ['eval'],
          url: 'https://grafana.example.com/d/b/slug',
        },
      ],
      problems: [],
    });
  });

  it('asks Grafana once for many', async () => {
    await start();
    await Promise.all([uidsFor(), uidsFor(), uidsFor()]);
    await uidsFor();
    expect(grafana.seen).toEqual(['GET /api/search']);
  });

  it('gives one with its library panels, without an end to reach for', async () => {
    await start();
    const { body } = await panels.get('mia', '/dashboards/main/a');
    expect(body).toMatchObject({
      source: 'main',
      url: 'https://grafana.example.com/d/a/slug',
      problems: [{ source: 'main', message: expect.stringContaining('gone') }],
    });
    const [, filled, row] = body.dashboard.panels;
    expect(filled).toMatchObject({
      id: 2,
      type: 'timeseries',
      title: 'Shared panel',
      gridPos: { x: 0, y: 8, w: 12, h: 8 },
    });
    expect(row.panels).toEqual([
      expect.objectContaining({ id: 4, type: 'timeseries' }),
      { id: 5, libraryPanel: { uid: 'gone', name: 'Gone' } },
    ]);
    expect(
      grafana.seen.filter(path => path.endsWith('/library-elements/lib')),
    ).toHaveLength(1);
  });

  it('fills library panels only as long as the dashboard stays of a size', async () => {
    await start();
    grafana.libraryPanels.lib = { type: 'text', text: 'x'.repeat(2_000_000) };
    grafana.dashboards.push({
      dashboard: {
        uid: 'many',
        title: 'Many',
        panels: Array.from({ length: 50 }, (_, id) => ({
          id,
          libraryPanel: { uid: 'lib', name: 'Shared' },
        })),
      },
    });
    const { body } = await panels.get('mia', '/dashboards/main/many');
    const filled = body.dashboard.panels.filter(
      ({ type }: { type?: string }) => type === 'text',
    );
    expect(filled).toHaveLength(2);
    expect(body.dashboard.panels).toHaveLength(50);
    expect(body.problems).toEqual([
      { source: 'main', message: expect.stringContaining('too large') },
    ]);
  });

  it('says that it is elsewhere when its path is not in the URL', async () => {
    await start({ path: '/nowhere' });
    const { body } = await panels.get('mia', '/dashboards');
    expect(body.problems).toEqual([
      { source: 'main', message: expect.stringContaining('may lack a path') },
    ]);
  });

  it.each([
    '/dashboards/main/none',
    '/dashboards/main/..%2f..%2fadmin',
    '/dashboards/other/a',
  ])('has nothing at %s', async path => {
    await start();
    expect((await panels.get('mia', path)).status).toBe(404);
  });

  it('refuses a dashboard of more than 5 MB', async () => {
    await start();
    grafana.dashboards.push({
      dashboard: { uid: 'big', title: 'Big', text: 'x'.repeat(5_300_000) },
    });
    const { status, body } = await panels.get('mia', '/dashboards/main/big');
    expect(status).toBe(400);
    expect(body.error.message).toContain('5120 KiB');
  });

  it('hides what lacks the configured tag, also from who knows its uid', async () => {
    await start({ instance: { tag: 'eval' } });
    expect(await uidsFor()).toEqual(['b']);
    expect((await panels.get('mia', '/dashboards/main/a')).status).toBe(404);
    expect((await panels.get('mia', '/dashboards/main/b')).status).toBe(200);
  });

  it.each([
    ['quant', ['a']],
    ["tags @> 'quant'", ['a']],
    ["tags @> 'quant' || tags @> 'eval'", ['a', 'b']],
    ["(tags @> 'quant' || tags @> 'eval') && tags @> 'generated'", ['a']],
    ["!(tags @> 'quant')", ['b']],
    ["title == 'Beta'", ['b']],
    ["folderTitle != 'Teams'", ['b']],
    ["url @> '/d/a/'", ['a']],
    ['none', []],
  ])('selects for an entity with %j', async (selector, uids) => {
    await start({ annotations: { 'grafana/dashboard-selector': selector } });
    expect(await uidsFor('/dashboards?entity=component:default/thing')).toEqual(
      uids,
    );
  });

  it.each([
    "tags @> 'a' ||",
    'tags @> tags2',
    'tags.length == 1',
    'alert()',
    "tags | 'x'",
    ' ',
  ])('says that the selector %j of an entity is wrong', async selector => {
    await start({ annotations: { 'grafana/dashboard-selector': selector } });
    const { status, body } = await panels.get(
      'mia',
      '/dashboards?entity=component:default/thing',
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain('selector');
  });

  it('follows the other annotations of an entity', async () => {
    await start({
      annotations: {
        'grafana/tag-selector': 'eval',
        'grafana/host-id': 'main',
      },
    });
    expect(await uidsFor('/dashboards?entity=component:default/thing')).toEqual(
      ['b'],
    );
  });

  it('says that an entity names a Grafana that is not configured', async () => {
    await start({
      annotations: { 'grafana/tag-selector': 'eval', 'grafana/host-id': 'x' },
    });
    const { status } = await panels.get(
      'mia',
      '/dashboards?entity=component:default/thing',
    );
    expect(status).toBe(400);
  });

  it('selects nothing for an entity without annotation, and knows no other entity', async () => {
    await start();
    expect(await uidsFor('/dashboards?entity=component:default/thing')).toEqual(
      [],
    );
    const other = await panels.get(
      'mia',
      '/dashboards?entity=component:default/other',
    );
    expect(other.status).toBe(404);
    const wrong = await panels.get('mia', '/dashboards?entity=::');
    expect(wrong.status).toBe(400);
  });

  it('shows nothing to who may not see the platform', async () => {
    await start();
    expect((await panels.get('new', '/dashboards')).status).toBe(403);
    expect((await panels.get('new', '/dashboards/main/a')).status).toBe(403);
    expect(panels.denied).toEqual(['dashboard-list', 'dashboard-fetch']);
  });

  it.each([
    ['refuses the token', { token: 'old' }, 'refused the portal (401)'],
    ['is gone', { url: 'http://127.0.0.1:9' }, "can't be reached"],
  ])(
    'says that Grafana %s, without failing',
    async (_name, instance, message) => {
      await start({ instance });
      const { status, body } = await panels.get('mia', '/dashboards');
      expect(status).toBe(200);
      expect(body).toEqual({
        items: [],
        problems: [
          { source: 'main', message: expect.stringContaining(message) },
        ],
      });
      const one = await panels.get('mia', '/dashboards/main/a');
      expect(one.status).toBe(503);
    },
  );

  describe('its Prometheus', () => {
    const ask = (uid: string, expr = 'sum(up)') => ({
      dataSource: { kind: 'grafana', instance: 'main', uid },
      from: NOON - 3_600_000,
      to: NOON,
      queries: [{ refId: 'A', expr, stepSeconds: 15 }],
    });

    it('is listed with its name', async () => {
      await start();
      const { body } = await panels.get('mia', '/data-sources');
      expect(body.items).toEqual([
        {
          kind: 'grafana',
          instance: 'main',
          uid: 'prom-1',
          title: 'Metrics',
          isDefault: true,
        },
      ]);
    });

    it('is asked through the proxy, for the teams of the viewer, with the token', async () => {
      await start({ instance: { teamLabel: 'tenant' } });
      grafana.prometheus.answers((_seen, res) => {
        res.json(matrix({ tenant: 'quant' }, [[1, '1']]));
      });
      const { body } = await panels.post('mia', '/query', ask('prom-1'));
      expect(body.results[0].series).toEqual([
        { labels: { tenant: 'quant' }, times: [1], values: [1] },
      ]);
      const [{ path, params, headers }] = grafana.prometheus.seen;
      expect(path).toBe('/api/v1/query_range');
      expect(params.get('query')).toBe('sum(up{tenant="quant"})');
      expect(headers.authorization).toBe(`Bearer ${GRAFANA_TOKEN}`);
    });

    it.each(['loki-1', 'none', '../../admin'])(
      'is the only kind of data source: %s is refused',
      async uid => {
        await start();
        const { body } = await panels.post('pat', '/query', ask(uid));
        expect(body.results[0].error.code).toBe('refused');
        expect(grafana.seen).toEqual(['GET /api/datasources']);
      },
    );

    it('needs no right to list data sources where they are configured', async () => {
      await start({ instance: { dataSources: [{ uid: 'prom-1' }] } });
      const { body } = await panels.post('mia', '/query', ask('prom-1'));
      expect(body.results[0].series).toEqual([]);
      const other = await panels.post('mia', '/query', ask('prom-2'));
      expect(other.body.results[0].error.code).toBe('refused');
      expect(grafana.seen).not.toContain('GET /api/datasources');
    });

    it('gives choices of the teams of the viewer', async () => {
      await start();
      grafana.prometheus.answers((_seen, res) => {
        res.json(success(['b', 'a']));
      });
      const { body } = await panels.post('mia', '/labels', {
        dataSource: ask('prom-1').dataSource,
        from: NOON - 3_600_000,
        to: NOON,
        kind: 'values',
        label: 'model',
      });
      expect(body).toEqual({ values: ['a', 'b'], warnings: [] });
      const [{ path, params }] = grafana.prometheus.seen;
      expect(path).toBe('/api/v1/label/model/values');
      expect(params.getAll('match[]')).toEqual(['{team="quant"}']);
    });
  });
});
