import { FakePrometheus, startPanels, success } from '../__testUtils__';

const NOON = Date.UTC(2026, 10, 23, 12);

describe('POST /v1/labels', () => {
  let prometheus: FakePrometheus;
  let panels: Awaited<ReturnType<typeof startPanels>>;
  beforeEach(async () => {
    prometheus = await FakePrometheus.start();
    panels = await startPanels({ prometheusUrl: prometheus.url });
  });
  afterEach(async () => {
    await panels.stop();
    await prometheus.stop();
  });

  const ask = (more: object) => ({
    dataSource: { kind: 'prometheus', cluster: 'embedded' },
    from: NOON - 3_600_000,
    to: NOON,
    ...more,
  });
  const answers = (data: unknown, warnings?: string[]) =>
    prometheus.answers((_seen, res) => {
      res.json(success(data, warnings));
    });

  it.each([
    [{ kind: 'values', label: 'model' }, '/api/v1/label/model/values'],
    [{ kind: 'metrics' }, '/api/v1/label/__name__/values'],
    [{ kind: 'names' }, '/api/v1/labels'],
    [
      { kind: 'values', label: 'a.b/../c' },
      '/api/v1/label/U__a_2e_b_2f__2e__2e__2f_c/values',
    ],
  ])('%j are those of the own team', async (more, path) => {
    answers(['y', 'x']);
    const { body } = await panels.post('mia', '/labels', ask(more));
    expect(body).toEqual({ values: ['x', 'y'], warnings: [] });
    const [seen] = prometheus.seen;
    expect(seen.path).toBe(path);
    expect(seen.params.getAll('match[]')).toEqual(['{team="quant"}']);
    expect(seen.params.get('start')).toBe(String(NOON / 1_000 - 3_600));
  });

  it('limits each selector that is given', async () => {
    answers([]);
    await panels.post(
      'erik',
      '/labels',
      ask({
        kind: 'names',
        match: ['up', '{job=~".+",team="finetune"}'],
      }),
    );
    expect(prometheus.seen[0].params.getAll('match[]')).toEqual([
      'up{team=~"eval|quant"}',
      '{job=~".+",team="finetune",team=~"eval|quant"}',
    ]);
  });

  it.each(['up or up', 'sum(up)', 'up{', ''])(
    'refuses %j as a selector, without asking',
    async match => {
      const { status } = await panels.post(
        'mia',
        '/labels',
        ask({ kind: 'names', match: [match] }),
      );
      expect(status).toBe(400);
      expect(prometheus.seen).toEqual([]);
    },
  );

  it('asks for everything only for who may see everything', async () => {
    answers([]);
    await panels.post('pat', '/labels', ask({ kind: 'metrics' }));
    expect(prometheus.seen[0].params.getAll('match[]')).toEqual([]);
    const denied = await panels.post('new', '/labels', ask({ kind: 'names' }));
    expect(denied.status).toBe(403);
  });

  it('answers with series', async () => {
    answers([{ __name__: 'up', team: 'quant' }], ['slow']);
    const { body } = await panels.post(
      'mia',
      '/labels',
      ask({ kind: 'series', match: ['up'] }),
    );
    expect(body).toEqual({
      values: [],
      series: [{ __name__: 'up', team: 'quant' }],
      warnings: ['slow'],
    });
  });

  it('cuts a list that is too long, and says so', async () => {
    answers(Array.from({ length: 10_001 }, (_, i) => `v${i}`));
    const { body } = await panels.post(
      'mia',
      '/labels',
      ask({ kind: 'names' }),
    );
    expect(body.values).toHaveLength(10_000);
    expect(body.warnings).toEqual(['Only the first 10000 are shown.']);
  });

  it('asks once for the same choice of the same teams', async () => {
    answers(['x']);
    await panels.post('mia', '/labels', ask({ kind: 'names' }));
    await panels.post(
      'ida',
      '/labels',
      ask({ kind: 'names', to: NOON + 2_000 }),
    );
    expect(prometheus.seen).toHaveLength(1);
    await panels.post('erik', '/labels', ask({ kind: 'names' }));
    expect(prometheus.seen).toHaveLength(2);
  });

  it('wants to know which label', async () => {
    const { status, body } = await panels.post(
      'mia',
      '/labels',
      ask({ kind: 'values' }),
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain('label');
  });

  it.each([
    [{ series: 3 }, 503],
    ['text', 503],
    [[1, 2], 503],
  ])('says that the answer %j is none', async (data, expected) => {
    answers(data);
    const { status } = await panels.post(
      'mia',
      '/labels',
      ask({ kind: 'names' }),
    );
    expect(status).toBe(expected);
  });
});
