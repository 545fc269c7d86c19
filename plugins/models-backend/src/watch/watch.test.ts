import {
  as,
  deployedModel,
  FakeKubernetes,
  MIA,
  namespace,
  specFor,
  startModels,
  until,
} from '../__testUtils__';

describe('watching', () => {
  let kubernetes: FakeKubernetes;
  let models: Awaited<ReturnType<typeof startModels>>;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start([
      namespace('quant', 'quant'),
      ...deployedModel(specFor('quant', 'small')),
    ]);
  });

  afterEach(async () => {
    await models.stop();
    await kubernetes.stop();
  });

  async function names(): Promise<string[]> {
    const { body } = await models.api.get('/v1/models').set(...as(MIA));
    return body.items.map((item: { name: string }) => item.name);
  }

  it('starts without the cluster, and goes on when it comes', async () => {
    await kubernetes.stop();
    models = await startModels(kubernetes.registry());
    await models.untilState('unreachable');
    const before = await models.api.get('/v1/models').set(...as(MIA));
    expect(before.body.items).toEqual([]);
    expect(before.body.errors).toEqual([
      expect.objectContaining({
        cluster: 'embedded',
        since: expect.any(String),
      }),
    ]);
    const one = await models.api
      .get('/v1/models/embedded/quant/small')
      .set(...as(MIA));
    expect(one.status).toBe(503);

    await kubernetes.listen();
    await models.untilState('synced');
    expect(await names()).toEqual(['small']);
  });

  it('keeps showing what it knew while the cluster is away, as unknown, and recovers', async () => {
    models = await startModels(kubernetes.registry());
    await models.untilState('synced');
    await kubernetes.stop();
    await models.untilState('unreachable');
    const away = await models.api.get('/v1/models').set(...as(MIA));
    expect(away.body.items).toEqual([
      expect.objectContaining({ name: 'small', state: 'Unknown' }),
    ]);
    expect(away.body.items[0].reason).toContain('last known state: Ready');
    const overview = await models.api.get('/v1/overview').set(...as(MIA));
    expect(overview.body.attention).toEqual([
      expect.objectContaining({ cause: 'cluster-unreachable' }),
    ]);

    deployedModel(specFor('quant', 'second')).forEach(object =>
      kubernetes.put(object),
    );
    await kubernetes.listen();
    await models.untilState('synced');
    expect(await names()).toEqual(['second', 'small']);
  });

  it('follows changes with a growing version, also past a compaction', async () => {
    models = await startModels(kubernetes.registry());
    await models.untilState('synced');
    const first = await models.api.get('/v1/changes').set(...as(MIA));

    deployedModel(specFor('quant', 'second')).forEach(object =>
      kubernetes.put(object),
    );
    await until(async () => (await names()).length === 2);
    const second = await models.api
      .get(`/v1/changes?since=${first.body.version}`)
      .set(...as(MIA));
    expect(second.body.version).toBeGreaterThan(first.body.version);
    await until(() =>
      models.signals.some(
        ({ channel, message }) =>
          channel === 'models:changes' &&
          (message as { version: number }).version >= second.body.version,
      ),
    );
    expect(models.topics).toContain('llm-platform.models.changed');

    kubernetes.compact();
    kubernetes.remove('Deployment', 'quant', 'second');
    kubernetes.remove('ConfigMap', 'quant', 'second-model');
    await until(async () => (await names()).length === 1);
    expect(await names()).toEqual(['small']);
  });

  it('shows a parent without its Deployment, so that a cut-off apply can be seen', async () => {
    const [parent] = deployedModel(specFor('quant', 'half'));
    kubernetes.put(parent);
    models = await startModels(kubernetes.registry());
    await models.untilState('synced');
    expect(await names()).toEqual(['half', 'small']);
    const { body } = await models.api
      .get('/v1/models/embedded/quant/half')
      .set(...as(MIA));
    expect(body.state).toBe('Failing');
    expect(body.findings).toEqual([
      expect.objectContaining({ cause: 'deployment-missing' }),
    ]);
  });
});
