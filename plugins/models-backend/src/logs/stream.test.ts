import http from 'node:http';
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

describe('following a log', () => {
  let kubernetes: FakeKubernetes;
  let models: Awaited<ReturnType<typeof startModels>>;
  const PATH = '/api/models/v1/models/embedded/quant/small/pods';

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start([
      namespace('quant', 'quant'),
      ...deployedModel(specFor('quant', 'small')),
    ]);
    models = await startModels(kubernetes.registry());
    await models.untilState('synced');
  });

  afterAll(async () => {
    await models.stop();
    await kubernetes.stop();
  });

  it('sends lines as they come, and ends on both sides when the reader leaves', async () => {
    kubernetes.setLog('quant', 'small-5d9c-x1', 'Starting vLLM\n');
    const { port } = models.server.address() as { port: number };
    const [name, value] = as(MIA);
    const request = http.get({
      host: '127.0.0.1',
      port,
      path: `${PATH}/small-5d9c-x1/logs?follow=true`,
      headers: { [name]: value, 'accept-encoding': 'gzip' },
    });
    const first = await new Promise<string>((resolve, reject) => {
      request.once('error', reject);
      request.once('response', response =>
        response.once('data', chunk => resolve(String(chunk))),
      );
    });
    expect(first).toBe('Starting vLLM\n');
    expect(kubernetes.openLogs).toBe(1);
    request.on('error', () => undefined);
    request.destroy();
    await until(() => kubernetes.openLogs === 0);
    expect(kubernetes.openLogs).toBe(0);
  });

  it('says that a container has no log yet', async () => {
    deployedModel(specFor('quant', 'waiting')).forEach(object =>
      kubernetes.put(object),
    );
    const path = '/v1/models/embedded/quant/waiting';
    await until(
      async () =>
        (await models.api.get(path).set(...as(MIA))).body.pods?.length === 1,
    );
    const { status, body } = await models.api
      .get(`${path}/pods/waiting-5d9c-x1/logs`)
      .set(...as(MIA));
    expect(status).toBe(409);
    expect(body.error.message).toContain('is waiting to start');
  });
});
