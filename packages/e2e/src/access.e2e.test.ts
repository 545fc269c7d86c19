import type { Browser } from 'playwright-core';
import { launchBrowser, signIn, withScreenshot } from './harness/browser';
import { deployReady } from './harness/models';
import { openPortal } from './harness/portal';
import { smolLm2Spec } from './harness/specs';
import { waitFor } from './harness/waitFor';

const portal = openPortal();
const MIA = 'user:default/mia';
const ERIK = 'user:default/erik';
const MODEL = '/api/models/v1/models/embedded/eval/zebra';

let browser: Browser;
let pod: string;
beforeAll(async () => {
  browser = await launchBrowser();
  await deployReady(portal, ERIK, 'zebra', 'eval');
  const { pods } = (await (await portal.api(ERIK, MODEL)).json()) as {
    pods: Array<{ name: string }>;
  };
  pod = pods[0].name;
});
afterAll(async () => {
  await browser?.close();
});

describe("another team's model", () => {
  it.each([MODEL, `${MODEL}/pods/POD/logs`, '/api/models/v1/teams/eval'])(
    'is seen by its own team: %s',
    async path => {
      const response = await portal.api(ERIK, path.replace('POD', pod));
      expect(response.status).toBe(200);
    },
  );

  it.each([
    ['GET', MODEL, undefined],
    ['GET', `${MODEL}/pods/POD/logs`, undefined],
    ['POST', `${MODEL}/scale`, { replicas: 0 }],
    ['DELETE', `${MODEL}?deleteVolume=true`, undefined],
    ['GET', '/api/models/v1/teams/eval', undefined],
    ['GET', '/api/models/v1/models?team=eval', undefined],
    [
      'POST',
      '/api/models/v1/models',
      { cluster: 'embedded', spec: smolLm2Spec('intruder', 'eval') },
    ],
    [
      'POST',
      '/api/models/v1/preflight',
      { cluster: 'embedded', spec: smolLm2Spec('intruder', 'eval') },
    ],
    [
      'POST',
      '/api/playground/v1/chat',
      {
        cluster: 'embedded',
        model: 'zebra',
        messages: [{ role: 'user', content: 'Hello' }],
      },
    ],
  ])('is refused: %s %s', async (method, path, body) => {
    const real = path.replace('POD', pod);
    const response = await portal.api(MIA, real, { method, body });
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('SmolLM2');
  });

  it.each([
    '/api/models/v1/models',
    '/api/models/v1/overview',
    '/api/models/v1/gpus',
    '/api/models/v1/form',
    '/api/models/v1/teams',
    '/api/models/v1/status',
    '/api/playground/v1/models',
    '/api/catalog/entities',
    '/api/scaffolder/v2/tasks',
  ])('is absent from %s', async path => {
    const response = await portal.api(MIA, path);
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('zebra');
  });

  it('is absent from what is found', async () => {
    const search = (user: string) =>
      portal.api(user, '/api/search/query?term=zebra');
    // Only an index that has it can show that it is kept back.
    await waitFor(
      'the model to be in the search index',
      async () => {
        const response = await search(ERIK);
        return response.ok && (await response.text()).includes('eval-zebra');
      },
      { everyMs: 1000, timeoutSeconds: 120 },
    );
    const response = await search(MIA);
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('zebra');
  });

  it.each([
    ['GET', '/api/catalog/entities/by-name/component/default/eval-zebra'],
    ['GET', '/api/kubernetes/proxy/api/v1/namespaces/eval/pods'],
    ['POST', '/api/kubernetes/services/eval-zebra'],
  ])('is not to be had through Backstage: %s %s', async (method, path) => {
    const response = await portal.api(MIA, path, {
      method,
      body:
        method === 'POST'
          ? {
              entity: {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: { name: 'eval-zebra', namespace: 'default' },
              },
            }
          : undefined,
    });
    expect(response.ok).toBe(false);
    expect(await response.text()).not.toContain('SmolLM2');
  });

  it('is absent from every page', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    await withScreenshot(page, 'access', async () => {
      for (const path of ['/', '/models', '/gpus', '/playground', '/catalog']) {
        await page.goto(`${portal.url}${path}`);
        await page.getByRole('main').first().waitFor();
        await page.waitForLoadState('networkidle').catch(() => undefined);
        expect(await page.locator('body').innerText()).not.toContain('zebra');
      }
      await page.goto(`${portal.url}/models/embedded/eval/zebra`);
      await page.getByRole('alert').first().waitFor();
      expect(await page.locator('body').innerText()).not.toContain('1/1');
    });
    await page.context().close();
  });

  it('is not for whoever has not signed in', async () => {
    expect((await fetch(`${portal.url}${MODEL}`)).status).toBe(401);
    expect((await fetch(`${portal.url}/api/playground/v1/models`)).status).toBe(
      401,
    );
  });
});
