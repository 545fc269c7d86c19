import {
  as,
  AS_SERVICE,
  cpuNode,
  deployedModel,
  FakeKubernetes,
  gpuNode,
  MIA,
  namespace,
  PAT,
  specFor,
  startModels,
  storageClass,
} from '../__testUtils__';

describe('reading', () => {
  let kubernetes: FakeKubernetes;
  let models: Awaited<ReturnType<typeof startModels>>;

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start([
      namespace('quant', 'quant'),
      namespace('eval', 'eval'),
      namespace('kube-system'),
      cpuNode('node-1'),
      gpuNode('node-2'),
      storageClass,
      ...deployedModel(specFor('quant', 'small')),
      ...deployedModel(specFor('eval', 'judge')),
    ]);
    kubernetes.setLog('quant', 'small-5d9c-x1', 'line 1\nline 2\n');
    kubernetes.setLog('eval', 'judge-5d9c-x1', 'secret\n');
    models = await startModels(kubernetes.registry());
    await models.untilState('synced');
  });

  afterAll(async () => {
    await models.stop();
    await kubernetes.stop();
  });

  beforeEach(() => {
    models.outcomes.fail.mockClear();
  });

  it('lists the models of the teams of the person, all to platform engineers', async () => {
    const mine = await models.api.get('/v1/models').set(...as(MIA));
    expect(mine.status).toBe(200);
    expect(mine.body.items).toEqual([
      expect.objectContaining({
        cluster: 'embedded',
        namespace: 'quant',
        name: 'small',
        team: 'quant',
        state: 'Ready',
        replicas: { desired: 1, ready: 1 },
      }),
    ]);
    expect(mine.body.errors).toEqual([]);

    const all = await models.api.get('/v1/models').set(...as(PAT));
    expect(all.body.items.map((item: { name: string }) => item.name)).toEqual([
      'judge',
      'small',
    ]);
    const one = await models.api.get('/v1/models?team=eval').set(...as(PAT));
    expect(one.body.items).toHaveLength(1);
  });

  it('shows a model with spec, revisions, pods, timeline and endpoint', async () => {
    const { body, status } = await models.api
      .get('/v1/models/embedded/quant/small')
      .set(...as(MIA));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'small',
      spec: { metadata: { name: 'small' } },
      revisions: [{ revision: 1, appliedBy: 'user:default/somebody' }],
      pods: [{ name: 'small-5d9c-x1', ready: true }],
      endpoint: {
        internal: 'http://small.quant.svc.cluster.local:8000/v1',
        gateway: 'http://127.0.0.1:30080/v1',
      },
    });
    expect(
      body.timeline.phases.map((phase: { id: string }) => phase.id),
    ).toContain('ready');
  });

  it.each([
    ['get', '/v1/models?team=eval', 'model-list'],
    ['get', '/v1/models/embedded/eval/judge', 'model-fetch'],
    ['get', '/v1/models/embedded/eval/not-there', 'model-fetch'],
    ['get', '/v1/models/embedded/kube-system/coredns', 'model-fetch'],
    [
      'get',
      '/v1/models/embedded/eval/judge/pods/judge-5d9c-x1/logs',
      'model-logs',
    ],
    ['get', '/v1/teams/eval', 'team-fetch'],
    ['post', '/v1/models/embedded/eval/judge/scale', 'model-scale'],
    ['delete', '/v1/models/embedded/eval/judge', 'model-delete'],
    ['post', '/v1/preflight', 'model-preflight'],
    ['post', '/v1/models', 'model-apply'],
  ] as const)(
    'denies another team’s: %s %s, and audits it',
    async (method, path, eventId) => {
      const body =
        path === '/v1/preflight' || path === '/v1/models'
          ? { cluster: 'embedded', spec: specFor('eval', 'judge') }
          : { replicas: 0 };
      const call = models.api[method](path).set(...as(MIA));
      const response = await (method === 'post' ? call.send(body) : call);
      expect(response.status).toBe(403);
      expect(response.text).not.toContain('secret');
      expect(models.outcomes.fail).toHaveBeenCalledWith(
        eventId,
        'NotAllowedError',
      );
      expect(kubernetes.writes).toEqual([]);
    },
  );

  it.each([
    ['get', '/v1/status'],
    ['get', '/v1/changes'],
    ['get', '/v1/overview'],
    ['get', '/v1/models'],
    ['get', '/v1/models/embedded/quant/small'],
    ['get', '/v1/models/embedded/quant/small/pods/small-5d9c-x1/logs'],
    ['post', '/v1/models/embedded/quant/small/scale'],
    ['delete', '/v1/models/embedded/quant/small'],
    ['post', '/v1/preflight'],
    ['post', '/v1/models'],
    ['get', '/v1/gpus'],
    ['get', '/v1/teams'],
    ['get', '/v1/teams/quant'],
    ['get', '/v1/form'],
    ['get', '/v1/architectures?model=a/b'],
    ['get', '/v1/internal/inventory'],
  ] as const)('needs a signed-in person: %s %s', async (method, path) => {
    const { status } = await models.api[method](path).set(
      'Authorization',
      'Bearer nobody',
    );
    expect(status).toBe(401);
  });

  it('streams a log of the model’s own pods only', async () => {
    const base = '/v1/models/embedded/quant/small/pods';
    const log = await models.api
      .get(`${base}/small-5d9c-x1/logs?tailLines=10`)
      .set(...as(MIA));
    expect(log.status).toBe(200);
    expect(log.text).toBe('line 1\nline 2\n');
    expect(log.headers['cache-control']).toBe('no-transform, no-store');
    expect(log.headers['content-type']).toBe('text/plain; charset=utf-8');

    const other = await models.api
      .get(`${base}/judge-5d9c-x1/logs`)
      .set(...as(MIA));
    expect(other.status).toBe(404);
    const container = await models.api
      .get(`${base}/small-5d9c-x1/logs?container=no`)
      .set(...as(MIA));
    expect(container.status).toBe(400);
  });

  it('shows the platform: status, overview, GPUs, teams, form, architectures', async () => {
    const status = await models.api.get('/v1/status').set(...as(MIA));
    expect(status.body.clusters).toEqual([
      expect.objectContaining({ name: 'embedded', state: 'synced' }),
    ]);

    const overview = await models.api.get('/v1/overview').set(...as(MIA));
    expect(overview.body).toMatchObject({
      models: { ready: 1, failing: 0 },
      pods: { running: 1, pending: 0, failing: 0 },
      gpus: { capacity: 1, allocated: 0, free: 1 },
      attention: [],
      myTeams: ['quant'],
    });

    const gpus = await models.api.get('/v1/gpus').set(...as(MIA));
    expect(gpus.body.total).toMatchObject({ capacity: 1, free: 1 });

    const teams = await models.api.get('/v1/teams').set(...as(PAT));
    expect(teams.body.items).toEqual([{ team: 'eval' }, { team: 'quant' }]);
    const team = await models.api.get('/v1/teams/quant').set(...as(MIA));
    expect(team.body).toMatchObject({
      team: 'quant',
      namespaces: [{ cluster: 'embedded', name: 'quant' }],
      models: [{ name: 'small' }],
      services: [],
    });
    const missing = await models.api.get('/v1/teams/nobody').set(...as(PAT));
    expect(missing.status).toBe(404);

    const form = await models.api.get('/v1/form').set(...as(MIA));
    expect(form.body.namespaces).toEqual([
      { cluster: 'embedded', name: 'quant', team: 'quant' },
    ]);
    expect(form.body.storageClasses).toEqual([
      { cluster: 'embedded', name: 'gp2', isDefault: true },
    ]);
    expect(form.body.profiles.length).toBeGreaterThan(1);

    const architecture = await models.api
      .get('/v1/architectures?model=HuggingFaceTB/SmolLM2-135M-Instruct')
      .set(...as(MIA));
    expect(architecture.body.architecture).toBeDefined();
    const unknown = await models.api
      .get('/v1/architectures?model=nobody/knows')
      .set(...as(MIA));
    expect(unknown.body.architecture).toBeUndefined();
    expect(unknown.body.message).toBeTruthy();
  });

  it('gives the inventory to services only', async () => {
    const person = await models.api
      .get('/v1/internal/inventory')
      .set(...as(PAT));
    expect(person.status).toBe(403);
    const { body } = await models.api
      .get('/v1/internal/inventory')
      .set(...AS_SERVICE);
    expect(body.clusters).toEqual([
      {
        cluster: 'embedded',
        isRead: true,
        items: [
          expect.objectContaining({ name: 'judge', team: 'eval' }),
          expect.objectContaining({ name: 'small', team: 'quant' }),
        ],
      },
    ]);
  });

  it.each([
    ['/v1/models/embedded/UPPER/small', 400],
    ['/v1/models/elsewhere/quant/small', 404],
    ['/v1/models/embedded/quant/nothing', 404],
    [
      '/v1/models/embedded/quant/small/pods/small-5d9c-x1/logs?tailLines=x',
      400,
    ],
    ['/v1/changes?since=yesterday', 400],
    ['/v1/architectures', 400],
  ])('says what is wrong with %s', async (path, status) => {
    const response = await models.api.get(path).set(...as(MIA));
    expect(response.status).toBe(status);
    expect(response.body.error.message).toBeTruthy();
  });
});
