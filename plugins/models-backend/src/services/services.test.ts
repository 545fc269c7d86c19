import {
  labels,
  serviceInventory,
  type ServicePreflightReport,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';
import { createHash } from 'node:crypto';
import {
  as,
  deployedModel,
  FakeKubernetes,
  MIA,
  namespace,
  PAT,
  specFor,
  startModels,
  until,
} from '../__testUtils__';

const NAME = 'summaries';

function service(
  change: Partial<TeamServiceSpec['spec']> = {},
  name = NAME,
): TeamServiceSpec {
  return {
    apiVersion: 'llm-platform.dev/v1alpha1',
    kind: 'TeamService',
    metadata: { name, namespace: 'quant', team: 'quant' },
    spec: {
      route: 'quant',
      model: 'smollm2',
      image: `llm-platform/quant/${name}:0.1.0`,
      replicas: 1,
      resources: {
        requests: { cpu: '50m', memory: '96Mi' },
        limits: { cpu: '500m', memory: '256Mi' },
      },
      limits: { requestsPerMinute: 60 },
      ...change,
    },
  };
}

describe('team services', () => {
  let kubernetes: FakeKubernetes;
  let models: Awaited<ReturnType<typeof startModels>>;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start([
      namespace('platform'),
      namespace('quant', 'quant'),
      namespace('eval', 'eval'),
      ...deployedModel(specFor('quant', 'smollm2')),
      ...deployedModel(specFor('eval', 'theirs')),
    ]);
    models = await startModels(kubernetes.registry());
    await models.untilState('synced');
  });

  afterEach(async () => {
    await models.stop();
    await kubernetes.stop();
  });

  function send(path: string, spec: object, runId?: string, who = MIA) {
    return models.api
      .post(`/v1/services${path}`)
      .set(...as(who))
      .send({ cluster: 'embedded', spec, runId });
  }
  const apply = (spec: object, runId?: string, who = MIA) =>
    send('', spec, runId, who);
  const remove = (query = '', who = MIA) =>
    models.api
      .delete(`/v1/services/embedded/quant/${NAME}${query}`)
      .set(...as(who));

  function there(): string[] {
    return [
      ['ConfigMap', 'quant', `${NAME}-service`],
      ['ServiceAccount', 'quant', NAME],
      ['Secret', 'quant', `${NAME}-gateway-key`],
      ['Secret', 'platform', `gateway-key-quant.${NAME}`],
      ['Service', 'quant', NAME],
      ['Deployment', 'quant', NAME],
    ]
      .filter(([kind, where, name]) => kubernetes.find(kind, where, name))
      .map(([kind, where]) => `${kind} ${where}`);
  }

  const ALL = [
    'ConfigMap quant',
    'ServiceAccount quant',
    'Secret quant',
    'Secret platform',
    'Service quant',
    'Deployment quant',
  ];

  function dataOf(where: string, name: string): Record<string, string> {
    const data = kubernetes.find('Secret', where, name)?.data ?? {};
    return Object.fromEntries(
      Object.entries(data as Record<string, string>).map(([entry, value]) => [
        entry,
        atob(value),
      ]),
    );
  }
  const podKey = () => dataOf('quant', `${NAME}-gateway-key`).key;
  const gatewayKey = () => dataOf('platform', `gateway-key-quant.${NAME}`);

  it('makes all objects by a dry run first, with a key that the gateway knows, and audits it', async () => {
    const { status, body } = await apply(service(), 'run-1');
    expect(status).toBe(200);
    expect(there()).toEqual(ALL);
    expect(kubernetes.writes.map(({ dryRun }) => dryRun)).toEqual([
      ...Array(6).fill(true),
      ...Array(6).fill(false),
    ]);
    expect(podKey()).toMatch(/^sk-llmp-[\w-]{43}$/);
    expect(gatewayKey()).toMatchObject({
      hash: createHash('sha256').update(podKey()).digest('hex'),
      team: 'quant',
      models: '["smollm2"]',
      requestsPerMinute: '60',
    });
    expect(models.outcomes.success).toHaveBeenCalledWith('service-apply');
    // Not even encoded does the answer hold the key.
    expect(JSON.stringify(body)).not.toMatch(/sk-llmp/);
    expect(JSON.stringify(body)).not.toContain(btoa(podKey()));
    expect(JSON.stringify(body)).toContain('(hidden)');
  });

  it('ends in the same state when the same run does it again, with the same key', async () => {
    await apply(service(), 'run-1');
    const before = podKey();
    const { status } = await apply(service(), 'run-1');
    expect(status).toBe(200);
    expect(podKey()).toBe(before);
  });

  it('makes a new key where a cut-off run has left half of one', async () => {
    await apply(service(), 'run-1');
    const before = podKey();
    kubernetes.remove('Secret', 'platform', `gateway-key-quant.${NAME}`);
    kubernetes.remove('Deployment', 'quant', NAME);
    await apply(service(), 'run-1');
    expect(there()).toEqual(ALL);
    expect(podKey()).not.toBe(before);
    expect(gatewayKey().hash).toBe(
      createHash('sha256').update(podKey()).digest('hex'),
    );
  });

  it('refuses the name to any other run, and changes nothing', async () => {
    await apply(service(), 'run-1');
    const before = podKey();
    for (const runId of ['run-2', undefined]) {
      const { status, body } = await apply(service({ replicas: 2 }), runId);
      expect(status).toBe(409);
      expect(body.error.message).toContain(
        `There is a team service quant/${NAME} already, made by user:default/mia`,
      );
    }
    expect(podKey()).toBe(before);
  });

  it('refuses a route that another service has', async () => {
    await apply(service(), 'run-1');
    const { status, body } = await apply(service({}, 'second'), 'run-2');
    expect(status).toBe(409);
    expect(body.error.message).toContain('POST /api/quant/predict is taken');
    expect(kubernetes.find('Secret', 'quant', 'second-gateway-key')).toBe(
      undefined,
    );
  });

  it("refuses another team's model, which its key would open", async () => {
    const { status, body } = await apply(service({ model: 'theirs' }), 'run-1');
    expect(status).toBe(409);
    expect(body.error.message).toContain('There is no model "theirs"');
    expect(there()).toEqual([]);
    expect(
      (await apply(service({ model: 'theirs' }), 'run-1', PAT)).status,
    ).toBe(200);
  });

  it("refuses another team's namespace, in every route", async () => {
    const spec = {
      ...service(),
      metadata: { name: NAME, namespace: 'eval', team: 'eval' },
    };
    for (const path of ['', '/preflight', '/authorize']) {
      expect((await send(path, spec)).status).toBe(403);
    }
    const path = '/v1/services/embedded/eval/any';
    expect((await models.api.get(path).set(...as(MIA))).status).toBe(403);
    expect((await models.api.delete(path).set(...as(MIA))).status).toBe(403);
    expect(kubernetes.writes).toEqual([]);
  });

  it('leaves nothing behind when an object fails, the key neither', async () => {
    kubernetes.refuse = ({ path, method, dryRun }) =>
      method === 'PATCH' && !dryRun && path.includes('/deployments/')
        ? { status: 422, message: 'spec.template: Invalid value' }
        : undefined;
    const { status, body } = await apply(service(), 'run-1');
    expect(status).toBe(400);
    expect(body.error.message).toContain('Rolled back');
    expect(there()).toEqual([]);
  });

  it('judges without changing anything, and shows no key', async () => {
    const { body } = await send('/preflight', service());
    const report = body as ServicePreflightReport;
    expect(report.checks.filter(({ verdict }) => verdict === 'block')).toEqual(
      [],
    );
    expect(kubernetes.writes.every(({ dryRun }) => dryRun)).toBe(true);
    expect(report.changes).toHaveLength(6);
    expect(JSON.stringify(body)).not.toMatch(/sk-llmp|c2stbGxtcC/);
    expect(report.manifests.map(({ kind }) => kind)).not.toContain('Secret');
  });

  it('says in the preflight that the name is taken', async () => {
    await apply(service(), 'run-1');
    const { body } = await send('/preflight', service());
    expect(
      (body as ServicePreflightReport).checks.find(({ id }) => id === 'name'),
    ).toMatchObject({
      verdict: 'block',
      message: expect.stringContaining('already'),
    });
  });

  it('shows its health, model, repository and how it is called', async () => {
    await apply(
      service({ repository: 'https://github.com/quant/summaries' }),
      'run-1',
    );
    const get = () =>
      models.api.get(`/v1/services/embedded/quant/${NAME}`).set(...as(MIA));
    await until(async () => (await get()).body.route === 'quant');
    expect((await get()).body).toMatchObject({
      name: NAME,
      model: 'smollm2',
      repository: 'https://github.com/quant/summaries',
      state: expect.any(String),
      replicas: { desired: 1, ready: 0 },
      endpoint: {
        internal: `http://${NAME}.quant.svc.cluster.local:8000`,
        gateway: 'http://127.0.0.1:30080/api/quant/predict',
      },
      revisions: [expect.objectContaining({ appliedBy: 'user:default/mia' })],
    });
    const team = await models.api.get('/v1/teams/quant').set(...as(MIA));
    expect(team.body.services).toEqual([
      expect.objectContaining({ name: NAME, route: 'quant' }),
    ]);
  });

  it('deletes both halves of the key with it', async () => {
    await apply(service(), 'run-1');
    const { status, body } = await remove();
    expect(status).toBe(200);
    expect(body.leftovers).toEqual([]);
    expect(there()).toEqual([]);
    expect(models.outcomes.success).toHaveBeenCalledWith('service-delete');
  });

  it('deletes the members that its lost inventory no longer names', async () => {
    await apply(service(), 'run-1');
    kubernetes.remove('ConfigMap', 'quant', `${NAME}-service`);
    await remove();
    expect(there()).toEqual([]);
  });

  it('undoes only what the run itself has made', async () => {
    await apply(service(), 'run-1');
    expect((await remove('?onlyIfCreatedBy=run-2')).status).toBe(409);
    expect(there()).toEqual(ALL);
    expect((await remove('?onlyIfCreatedBy=run-1')).status).toBe(200);
    expect(there()).toEqual([]);
  });

  it('takes no object that is not its own', async () => {
    kubernetes.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: `${NAME}-gateway-key`, namespace: 'quant' },
      data: { key: 'eA==' },
    });
    expect((await apply(service(), 'run-1')).status).toBe(409);
    expect(podKey()).toBe('x');
    expect(there()).toEqual(['Secret quant']);
  });

  it('leaves a model alone whose route has the same name', async () => {
    await apply(service({ route: 'smollm2' }), 'run-1');
    const spec = specFor('quant', 'smollm2');
    const { status } = await models.api
      .post('/v1/models')
      .set(...as(MIA))
      .send({ cluster: 'embedded', spec });
    expect(status).toBe(200);
    expect(
      kubernetes.find('Service', 'quant', NAME)?.metadata.labels?.[
        labels.applySetPartOf
      ],
    ).toBe(serviceInventory.applySetId({ name: NAME, namespace: 'quant' }));
  });
});
