import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { ModelsClient } from '../client';
import {
  createApplyAction,
  createPreflightAction,
  createWaitReadyAction,
} from '.';
import { contextFor, errorBody } from './__testUtils__';
import { exampleSpec } from './spec.examples';

const BASE = 'http://models.test';
const MODEL = `${BASE}/v1/models/embedded/quant/smollm2`;

const server = setupServer();

const client = ModelsClient.create({
  auth: mockServices.auth(),
  discovery: mockServices.discovery.mock({ getBaseUrl: async () => BASE }),
});

describe('models:preflight', () => {
  registerMswTestHooks(server);

  const check = (verdict: string, title: string) => ({
    id: 'fit',
    title,
    verdict,
    message: `${title} found`,
    ...(verdict !== 'pass' && { remedy: `${title} remedy` }),
  });

  function answer(...checks: object[]) {
    server.use(
      http.post(`${BASE}/v1/preflight`, async ({ request }) => {
        expect(await request.json()).toEqual({
          cluster: 'embedded',
          spec: exampleSpec,
          runId: 'task-1',
        });
        return HttpResponse.json({
          verdict: 'warn',
          checks,
          changes: [
            {
              ref: { kind: 'Service', namespace: 'quant', name: 'smollm2' },
              operation: 'create',
            },
          ],
        });
      }),
    );
  }

  it('logs each check, and warns', async () => {
    answer(check('pass', 'Fit'), check('warn', 'Token'));
    const { context, lines, outputs } = contextFor({
      cluster: 'embedded',
      spec: exampleSpec,
    });
    await createPreflightAction({ client }).handler(context);
    expect(lines).toEqual([
      '✓ Fit: Fit found',
      'warn ! Token: Token found → Token remedy',
      'Will create Service quant/smollm2',
    ]);
    expect(outputs).toEqual({ verdict: 'warn' });
  });

  it('fails where it would not run, after logging all checks', async () => {
    answer(check('block', 'Fit'), check('pass', 'Name'));
    const { context, lines } = contextFor({
      cluster: 'embedded',
      spec: exampleSpec,
    });
    await expect(
      createPreflightAction({ client }).handler(context),
    ).rejects.toThrow('It would not run. Fit: Fit found');
    expect(lines).toHaveLength(2);
  });

  it('passes on what the backend refuses', async () => {
    server.use(
      http.post(`${BASE}/v1/preflight`, () =>
        HttpResponse.json(errorBody('InputError', 'metadata.name: too long'), {
          status: 400,
        }),
      ),
    );
    const { context } = contextFor({ cluster: 'embedded', spec: exampleSpec });
    await expect(
      createPreflightAction({ client }).handler(context),
    ).rejects.toThrow('metadata.name: too long');
  });
});

describe('models:apply', () => {
  registerMswTestHooks(server);

  it('applies under the task’s id, as the initiator, and puts out where it is', async () => {
    server.use(
      http.post(`${BASE}/v1/models`, async ({ request }) => {
        expect(await request.json()).toMatchObject({ runId: 'task-1' });
        expect(request.headers.get('authorization')).toContain(
          'user:default/mia',
        );
        return HttpResponse.json({
          ref: { cluster: 'embedded', namespace: 'quant', name: 'smollm2' },
          revision: 3,
          changes: [
            {
              ref: { kind: 'Deployment', namespace: 'quant', name: 'smollm2' },
              operation: 'update',
            },
          ],
        });
      }),
    );
    const { context, lines, outputs } = contextFor({
      cluster: 'embedded',
      spec: exampleSpec,
    });
    await createApplyAction({ client }).handler(context);
    expect(outputs).toEqual({
      entityRef: 'component:default/quant-smollm2',
      route: 'smollm2',
      cluster: 'embedded',
      namespace: 'quant',
      name: 'smollm2',
      revision: 3,
    });
    expect(lines).toEqual([
      'update: Deployment quant/smollm2',
      'Revision 3 is applied',
    ]);
  });

  it('applies nothing in a dry run', async () => {
    const { context, outputs } = contextFor(
      { cluster: 'embedded', spec: exampleSpec },
      { isDryRun: true },
    );
    await createApplyAction({ client }).handler(context);
    expect(outputs.route).toBe('smollm2');
  });
});

describe('models:wait-ready', () => {
  registerMswTestHooks(server);

  const input = { cluster: 'embedded', namespace: 'quant', name: 'smollm2' };

  function model(state: string, done: string[], findings: object[] = []) {
    return {
      ...input,
      state,
      replicas: { desired: 1, ready: state === 'Ready' ? 1 : 0 },
      timeline: {
        pod: 'smollm2-1',
        phases: ['scheduled', 'image-pulled', 'weights-loaded', 'ready'].map(
          id => ({
            id,
            status: done.includes(id) ? 'done' : 'pending',
            startedAt: '2026-11-23T08:00:00.000Z',
            finishedAt: '2026-11-23T08:00:02.500Z',
          }),
        ),
      },
      findings,
    };
  }

  const crash = {
    cause: 'kv-cache-too-small',
    severity: 'error',
    title: 'KV cache too small',
    explanation: 'It needs 5.1 GiB and has 1.9.',
    evidence: [],
    remedy: 'Lower the maximum length.',
  };

  function answers(...bodies: Array<object | number>) {
    const queue = [...bodies];
    server.use(
      http.get(MODEL, () => {
        const next = queue.length > 1 ? queue.shift() : queue[0];
        return typeof next === 'number'
          ? HttpResponse.json(errorBody('Error', `status ${next}`), {
              status: next,
            })
          : HttpResponse.json(next);
      }),
    );
  }

  const action = () =>
    createWaitReadyAction({ client, pollIntervalMs: 1, failingGraceMs: 0 });

  it('logs each phase once, bears a gap, and ends when it is ready', async () => {
    answers(
      404,
      model('Starting', ['scheduled']),
      503,
      model('Starting', ['scheduled', 'image-pulled']),
      model('Ready', ['scheduled', 'image-pulled', 'weights-loaded', 'ready']),
    );
    const { context, lines, outputs } = contextFor(input);
    await action().handler(context);
    expect(lines).toEqual([
      'warn Still waiting: status 404',
      '✓ Scheduled in 2.5 s',
      'warn Still waiting: status 503',
      '✓ Image pulled in 2.5 s',
      '✓ Weights loaded in 2.5 s',
      '✓ Ready in 2.5 s',
      'quant/smollm2 is ready: 1 of 1 replicas',
    ]);
    expect(outputs.entityRef).toBe('component:default/quant-smollm2');
  });

  it('fails with the finding, and deletes what this run has created', async () => {
    answers(model('Failing', ['scheduled'], [crash]));
    let query = '';
    server.use(
      http.delete(MODEL, ({ request }) => {
        query = new URL(request.url).search;
        return HttpResponse.json({
          deleted: ['Deployment quant/smollm2'],
          leftovers: [],
        });
      }),
    );
    const { context, lines } = contextFor(input);
    await expect(action().handler(context)).rejects.toThrow(
      /It fails\. KV cache too small: It needs 5\.1 GiB and has 1\.9\. Lower the maximum length\..*is deleted again: Deployment quant\/smollm2/,
    );
    expect(query).toBe('?deleteVolume=true&onlyIfCreatedBy=task-1');
    expect(lines).toContainEqual(
      expect.stringContaining('warn KV cache too small'),
    );
  });

  it('leaves what was there before', async () => {
    answers(model('Failing', [], [crash]));
    server.use(
      http.delete(MODEL, () =>
        HttpResponse.json(errorBody('ConflictError', 'another run'), {
          status: 409,
        }),
      ),
    );
    const { context } = contextFor(input);
    await expect(action().handler(context)).rejects.toThrow(
      'It was there before this run and is left as it is',
    );
  });

  it('deletes nothing when told so', async () => {
    answers(model('Failing', [], [crash]));
    const { context } = contextFor({ ...input, rollbackOnFailure: false });
    await expect(action().handler(context)).rejects.toThrow(/^It fails\./);
  });

  it('says what it waited for when the time is up', async () => {
    answers({ ...model('Waiting', []), reason: 'no node has a free GPU' });
    server.use(
      http.delete(MODEL, () =>
        HttpResponse.json({ deleted: [], leftovers: [] }),
      ),
    );
    const { context } = contextFor({ ...input, timeoutSeconds: 1 });
    await expect(action().handler(context)).rejects.toThrow(
      'It is not ready after 1 s: Waiting, no node has a free GPU.',
    );
  });

  it('ends at once when it is denied or cancelled', async () => {
    answers(403);
    const denied = contextFor(input);
    await expect(action().handler(denied.context)).rejects.toThrow(
      'status 403',
    );
    answers(model('Starting', []));
    const cancelled = contextFor(input, { signal: AbortSignal.abort() });
    await expect(action().handler(cancelled.context)).rejects.toThrow(
      'Cancelled',
    );
  });

  it('is done with a model that is stopped', async () => {
    answers(model('Stopped', []));
    const { context, lines } = contextFor(input);
    await action().handler(context);
    expect(lines).toEqual(['quant/smollm2 is stopped (0 replicas)']);
  });
});
