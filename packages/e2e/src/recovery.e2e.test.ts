import { openPortal } from './harness/portal';
import { smolLm2Spec } from './harness/specs';
import { waitFor } from './harness/waitFor';

const portal = openPortal();
const MIA = 'user:default/mia';

interface Task {
  status: string;
}

async function statusOf(taskId: string): Promise<string> {
  const response = await portal.api(MIA, `/api/scaffolder/v2/tasks/${taskId}`);
  return response.ok ? ((await response.json()) as Task).status : 'unknown';
}

describe('the portal killed in the middle of a provisioning task', () => {
  it('ends with the model ready, once, with no leftovers', async () => {
    const started = await portal.api(MIA, '/api/scaffolder/v2/tasks', {
      method: 'POST',
      body: {
        templateRef: 'template:default/model-deployment',
        values: {
          deployment: { cluster: 'embedded', spec: smolLm2Spec('phoenix') },
        },
      },
    });
    expect(started.status).toBe(201);
    const { id } = (await started.json()) as { id: string };

    // The first object is there, the model is not ready: in the middle.
    await waitFor(
      'the first object to be in the cluster',
      async () => {
        const found = await portal.kubectl(
          'get',
          'configmaps,deployments',
          '-n',
          'quant',
          '-l',
          'llm-platform.dev/model=phoenix',
          '-o',
          'name',
        );
        return found.trim() !== '';
      },
      { everyMs: 100 },
    );
    await portal.killBackend();

    await waitFor(
      'the task to be completed',
      async () => {
        const status = await statusOf(id);
        if (status === 'failed') throw new Error('the task failed');
        return status === 'completed';
      },
      { timeoutSeconds: 240 },
    );

    const names = async (kinds: string) =>
      (
        await portal.kubectl(
          'get',
          kinds,
          '-n',
          'quant',
          '-l',
          'llm-platform.dev/model=phoenix',
          '-o',
          'name',
        )
      )
        .trim()
        .split('\n')
        .filter(Boolean)
        .sort();
    expect(await names('deployments,services,persistentvolumeclaims')).toEqual([
      'deployment.apps/phoenix',
      'persistentvolumeclaim/phoenix-cache',
      'service/phoenix',
    ]);
    expect(await names('pods')).toHaveLength(1);
    const detail = await portal.api(
      MIA,
      '/api/models/v1/models/embedded/quant/phoenix',
    );
    expect(await detail.json()).toMatchObject({
      state: 'Ready',
      revisions: [expect.objectContaining({ revision: 1 })],
    });
  });
});
