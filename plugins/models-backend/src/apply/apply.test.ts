import type { ObjectChange } from '@llm-platform/plugin-models-common';
import {
  as,
  cpuNode,
  csiDriver,
  deployedModel,
  FakeKubernetes,
  MIA,
  namespace,
  specFor,
  startModels,
  storageClass,
  until,
} from '../__testUtils__';

describe('changing', () => {
  let kubernetes: FakeKubernetes;
  let models: Awaited<ReturnType<typeof startModels>>;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start([
      namespace('quant', 'quant'),
      namespace('eval', 'eval'),
      cpuNode('node-1'),
      storageClass,
      csiDriver,
    ]);
    models = await startModels(kubernetes.registry());
    await models.untilState('synced');
  });

  afterEach(async () => {
    await models.stop();
    await kubernetes.stop();
  });

  function apply(spec: object, runId?: string) {
    return models.api
      .post('/v1/models')
      .set(...as(MIA))
      .send({ cluster: 'embedded', spec, runId });
  }

  function operations(changes: ObjectChange[]): Record<string, string> {
    return Object.fromEntries(
      changes.map(({ ref, operation }) => [ref.kind, operation]),
    );
  }

  function kindsThere(name = 'small'): string[] {
    return [
      ['ConfigMap', `${name}-model`],
      ['PersistentVolumeClaim', `${name}-cache`],
      ['Service', name],
      ['Deployment', name],
    ]
      .filter(([kind, object]) => kubernetes.find(kind, 'quant', object))
      .map(([kind]) => kind);
  }

  const ALL = ['ConfigMap', 'PersistentVolumeClaim', 'Service', 'Deployment'];

  it('dry-runs everything, applies the parent first, and audits it', async () => {
    const { status, body } = await apply(specFor('quant', 'small'), 'run-1');
    expect(status).toBe(200);
    expect(body.ref).toEqual({
      cluster: 'embedded',
      namespace: 'quant',
      name: 'small',
    });
    expect(body.revision).toBe(1);
    expect(operations(body.changes)).toEqual({
      ConfigMap: 'create',
      PersistentVolumeClaim: 'create',
      Service: 'create',
      Deployment: 'create',
    });
    expect(kindsThere()).toEqual(ALL);
    expect(kubernetes.writes.map(({ dryRun }) => dryRun)).toEqual([
      ...Array(4).fill(true),
      ...Array(4).fill(false),
    ]);
    expect(kubernetes.writes[4].path).toContain('/configmaps/small-model');
    const parent = kubernetes.find('ConfigMap', 'quant', 'small-model');
    expect(parent?.metadata.annotations).toMatchObject({
      'llm-platform.dev/applied-by': 'run-1',
      'applyset.kubernetes.io/tooling': expect.stringContaining(
        'llm-platform-portal',
      ),
    });
    expect(models.outcomes.success).toHaveBeenCalledWith('model-apply');

    const detail = await models.api
      .get('/v1/models/embedded/quant/small')
      .set(...as(MIA));
    expect(detail.body.revisions).toEqual([
      expect.objectContaining({
        revision: 1,
        appliedBy: 'user:default/mia',
      }),
    ]);
  });

  it('ends in the same state when the same run, or the same spec, is applied again', async () => {
    await apply(specFor('quant', 'small'), 'run-1');
    for (const runId of ['run-1', 'run-2', undefined]) {
      const { body, status } = await apply(specFor('quant', 'small'), runId);
      expect(status).toBe(200);
      expect(body.revision).toBe(1);
      expect(operations(body.changes)).toMatchObject({
        Deployment: 'unchanged',
        Service: 'unchanged',
        PersistentVolumeClaim: 'unchanged',
      });
    }
    const changed = await apply(
      specFor('quant', 'small', { replicas: 2 }),
      'run-3',
    );
    expect(changed.body.revision).toBe(2);
    expect(operations(changed.body.changes).Deployment).toBe('update');
  });

  it('finishes what a killed run has left half done', async () => {
    await apply(specFor('quant', 'small'), 'run-1');
    kubernetes.remove('Deployment', 'quant', 'small');
    kubernetes.remove('Service', 'quant', 'small');
    const { body } = await apply(specFor('quant', 'small'), 'run-1');
    expect(body.revision).toBe(1);
    expect(operations(body.changes)).toEqual({
      ConfigMap: 'unchanged',
      PersistentVolumeClaim: 'unchanged',
      Service: 'create',
      Deployment: 'create',
    });
    expect(kindsThere()).toEqual(ALL);
  });

  it('deletes exactly what it has created when an object fails', async () => {
    kubernetes.refuse = ({ path, method, dryRun }) =>
      method === 'PATCH' && !dryRun && path.includes('/deployments/')
        ? { status: 422, message: 'spec.template: Invalid value' }
        : undefined;
    const { status, body } = await apply(specFor('quant', 'small'), 'run-1');
    expect(status).toBe(400);
    expect(body.error.message).toContain('spec.template: Invalid value');
    expect(body.error.message).toContain('Rolled back');
    expect(body.error.message).toContain('Service quant/small deleted');
    expect(kindsThere()).toEqual([]);
    expect(models.outcomes.fail).toHaveBeenCalledWith(
      'model-apply',
      'InputError',
    );
  });

  it('restores what it has changed when an object fails', async () => {
    await apply(specFor('quant', 'small'), 'run-1');
    const before = {
      parent: kubernetes.find('ConfigMap', 'quant', 'small-model')?.data,
      service: kubernetes.find('Service', 'quant', 'small')?.spec,
    };
    kubernetes.refuse = ({ path, method, dryRun }) =>
      method === 'PATCH' && !dryRun && path.includes('/deployments/')
        ? { status: 500, message: 'etcdserver: request timed out' }
        : undefined;
    const changed = specFor('quant', 'small', { replicas: 3 });
    const { status, body } = await apply(changed, 'run-2');
    expect(status).toBe(503);
    expect(body.error.message).toContain(
      'ConfigMap quant/small-model restored',
    );
    expect(kubernetes.find('ConfigMap', 'quant', 'small-model')?.data).toEqual(
      before.parent,
    );
    expect(kubernetes.find('Service', 'quant', 'small')?.spec).toEqual(
      before.service,
    );
    expect(kindsThere()).toEqual(ALL);
  });

  it('says what could not be undone', async () => {
    kubernetes.refuse = ({ path, method, dryRun }) => {
      if (method === 'DELETE') {
        return { status: 403, message: 'deletion is forbidden' };
      }
      return !dryRun && path.includes('/deployments/')
        ? { status: 409, message: 'conflict with "kubectl" using apps/v1' }
        : undefined;
    };
    const { status, body } = await apply(specFor('quant', 'small'));
    expect(status).toBe(409);
    expect(body.error.message).toContain('conflict with "kubectl"');
    expect(body.error.message).toContain('Could not be rolled back');
    expect(body.error.message).toContain('deletion is forbidden');
  });

  it('changes nothing when the dry run refuses one object', async () => {
    kubernetes.refuse = ({ path }) =>
      path.includes('/services/')
        ? { status: 422, message: 'Invalid port' }
        : undefined;
    const { status, body } = await apply(specFor('quant', 'small'));
    expect(status).toBe(400);
    expect(body.error.message).toContain(
      'Service quant/small is refused: Invalid port',
    );
    expect(kubernetes.writes.every(({ dryRun }) => dryRun)).toBe(true);
    expect(kindsThere()).toEqual([]);
  });

  it('leaves a name alone that something else has', async () => {
    kubernetes.put({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'small', namespace: 'quant' },
      spec: {},
    });
    const { status, body } = await apply(specFor('quant', 'small'));
    expect(status).toBe(409);
    expect(body.error.message).toContain('Deployment quant/small exists');
    expect(kubernetes.writes).toEqual([]);
  });

  it('removes members that no longer belong to the set, but no volume', async () => {
    await apply(specFor('quant', 'small'));
    const partOf = kubernetes.find('Service', 'quant', 'small')?.metadata
      .labels?.['applyset.kubernetes.io/part-of'];
    for (const kind of ['Service', 'PersistentVolumeClaim']) {
      kubernetes.put({
        apiVersion: 'v1',
        kind,
        metadata: {
          name: 'old',
          namespace: 'quant',
          labels: { 'applyset.kubernetes.io/part-of': partOf ?? '' },
        },
      });
    }
    const { body } = await apply(specFor('quant', 'small'));
    expect(body.changes).toContainEqual({
      ref: expect.objectContaining({ kind: 'Service', name: 'old' }),
      operation: 'delete',
    });
    expect(kubernetes.find('Service', 'quant', 'old')).toBeUndefined();
    expect(
      kubernetes.find('PersistentVolumeClaim', 'quant', 'old'),
    ).toBeDefined();
  });

  it('stops and starts, keeping everything else', async () => {
    await apply(specFor('quant', 'small'));
    const scale = (replicas: unknown) =>
      models.api
        .post('/v1/models/embedded/quant/small/scale')
        .set(...as(MIA))
        .send({ replicas });
    const stopped = await scale(0);
    expect(stopped.status).toBe(200);
    expect(stopped.body).toMatchObject({
      state: 'Stopped',
      replicas: { desired: 0 },
      spec: { spec: { replicas: 0 } },
      revisions: [{ revision: 2 }, { revision: 1 }],
    });
    expect(kubernetes.find('Deployment', 'quant', 'small')?.spec).toMatchObject(
      { replicas: 0 },
    );
    expect((await scale(1)).body.replicas.desired).toBe(1);
    expect((await scale(-1)).status).toBe(400);
    expect((await scale('many')).status).toBe(400);
    // More than a spec may have.
    expect((await scale(65)).status).toBe(400);
    const missing = await models.api
      .post('/v1/models/embedded/quant/nothing/scale')
      .set(...as(MIA))
      .send({ replicas: 1 });
    expect(missing.status).toBe(404);
  });

  it('deletes, and keeps the volume unless it is asked for', async () => {
    await apply(specFor('quant', 'small'));
    const remove = (query = '') =>
      models.api
        .delete(`/v1/models/embedded/quant/small${query}`)
        .set(...as(MIA));
    const kept = await remove();
    expect(kept.body).toEqual({
      deleted: [
        'Deployment quant/small',
        'Service quant/small',
        'ConfigMap quant/small-model',
      ],
      leftovers: ['PersistentVolumeClaim quant/small-cache (kept)'],
    });
    expect(kindsThere()).toEqual(['PersistentVolumeClaim']);

    // The volume of before is taken over.
    const again = await apply(specFor('quant', 'small'));
    expect(operations(again.body.changes).PersistentVolumeClaim).toBe(
      'unchanged',
    );
    const all = await remove('?deleteVolume=true');
    expect(all.body.leftovers).toEqual([]);
    expect(kindsThere()).toEqual([]);
    expect((await remove()).status).toBe(404);
  });

  it('undoes only what the run itself has created', async () => {
    const undo = (runId: string) =>
      models.api
        .delete(
          `/v1/models/embedded/quant/small?deleteVolume=true&onlyIfCreatedBy=${runId}`,
        )
        .set(...as(MIA));
    await apply(specFor('quant', 'small'), 'run-1');
    expect((await undo('run-2')).status).toBe(409);
    await apply(specFor('quant', 'small', { replicas: 2 }), 'run-2');
    expect((await undo('run-1')).status).toBe(409);
    expect(kindsThere()).toEqual(ALL);

    await apply(specFor('quant', 'fresh'), 'run-3');
    const gone = await models.api
      .delete(
        '/v1/models/embedded/quant/fresh?deleteVolume=true&onlyIfCreatedBy=run-3',
      )
      .set(...as(MIA));
    expect(gone.status).toBe(200);
    expect(kindsThere('fresh')).toEqual([]);
  });

  it('keeps a volume that was there before the run that is undone', async () => {
    await apply(specFor('quant', 'small'), 'run-1');
    const cache = kubernetes.find(
      'PersistentVolumeClaim',
      'quant',
      'small-cache',
    )!;
    kubernetes.put({
      ...cache,
      metadata: {
        ...cache.metadata,
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
    });
    const { body } = await models.api
      .delete(
        '/v1/models/embedded/quant/small?deleteVolume=true&onlyIfCreatedBy=run-1',
      )
      .set(...as(MIA));
    expect(body.leftovers).toEqual([
      'PersistentVolumeClaim quant/small-cache (kept)',
    ]);
    expect(kindsThere()).toEqual(['PersistentVolumeClaim']);
  });

  describe('a route that another namespace serves', () => {
    const serve = (creationTimestamp: string) =>
      kubernetes.put({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: 'other',
          namespace: 'eval',
          creationTimestamp,
          labels: { 'llm-platform.dev/route': 'small' },
        },
      });

    it('is refused, and preflight says so', async () => {
      serve('2026-01-01T00:00:00Z');
      const { status, body } = await apply(specFor('quant', 'small'));
      expect(status).toBe(409);
      expect(body.error.message).toContain("already serves a model 'small'");
      expect(kubernetes.writes).toEqual([]);
      await until(async () => {
        const report = await models.api
          .post('/v1/preflight')
          .set(...as(MIA))
          .send({ cluster: 'embedded', spec: specFor('quant', 'small') });
        return report.body.checks.some(
          (check: { verdict: string; message: string }) =>
            check.verdict === 'block' &&
            check.message.includes('already serves a model'),
        );
      });
    });

    it('takes nothing from the model that had the name before', async () => {
      await apply(specFor('quant', 'small'));
      serve('2100-01-01T00:00:00Z');
      expect(
        (await apply(specFor('quant', 'small', { replicas: 2 }))).status,
      ).toBe(200);
    });
  });

  it('judges a spec and changes nothing', async () => {
    deployedModel(specFor('quant', 'other')).forEach(object =>
      kubernetes.put(object),
    );
    const { status, body } = await models.api
      .post('/v1/preflight')
      .set(...as(MIA))
      .send({ cluster: 'embedded', spec: specFor('quant', 'small') });
    expect(status).toBe(200);
    expect(body.checks.map((check: { id: string }) => check.id)).toEqual(
      expect.arrayContaining(['fit', 'storage', 'dry-run']),
    );
    expect(
      body.checks.filter(
        (check: { verdict: string }) => check.verdict === 'block',
      ),
    ).toEqual([]);
    expect(body.changes).toHaveLength(4);
    expect(kubernetes.writes.every(({ dryRun }) => dryRun)).toBe(true);

    kubernetes.refuse = () => ({
      status: 403,
      message: 'exceeded quota: models',
    });
    const refused = await models.api
      .post('/v1/preflight')
      .set(...as(MIA))
      .send({ cluster: 'embedded', spec: specFor('quant', 'small') });
    expect(refused.body.verdict).toBe('block');
    expect(
      refused.body.checks.find(
        (check: { id: string }) => check.id === 'dry-run',
      ).message,
    ).toContain('exceeded quota');
  });

  it.each([
    ['a name that is no DNS label', specFor('quant', 'Not_A_Label')],
    [
      'another team than the owner',
      {
        ...specFor('quant', 'small'),
        metadata: { name: 'small', namespace: 'quant', team: 'eval' },
      },
    ],
    ['an unknown profile', specFor('quant', 'small', { profile: 'h100' })],
    ['no spec at all', { kind: 'Pod' }],
  ])('refuses %s with the reason', async (_what, spec) => {
    for (const path of ['/v1/models', '/v1/preflight']) {
      const { status, body } = await models.api
        .post(path)
        .set(...as(MIA))
        .send({ cluster: 'embedded', spec });
      expect(status).toBe(400);
      expect(body.error.message).toBeTruthy();
    }
    expect(kubernetes.writes).toEqual([]);
  });

  it('refuses every write to a read-only cluster', async () => {
    await models.stop();
    models = await startModels(kubernetes.registry({ readOnly: true }));
    await models.untilState('synced');
    const { status, body } = await apply(specFor('quant', 'small'));
    expect(status).toBe(409);
    expect(body.error.message).toContain('read-only');
    expect(kubernetes.writes).toEqual([]);
  });
});
