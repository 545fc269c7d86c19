import type { Browser } from 'playwright-core';
import { launchBrowser, signIn, withScreenshot } from './harness/browser';
import { deployReady } from './harness/models';
import { openPortal } from './harness/portal';
import { smolLm2Spec } from './harness/specs';

const portal = openPortal();
const MIA = 'user:default/mia';
const ERIK = 'user:default/erik';
const MODEL = '/api/models/v1/models/embedded/eval/zebra';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  await deployReady(portal, ERIK, 'zebra', 'eval');
});
afterAll(async () => {
  await browser?.close();
});

describe("another team's model", () => {
  it('is seen by its own team', async () => {
    expect((await portal.api(ERIK, MODEL)).status).toBe(200);
  });

  it.each([
    ['GET', MODEL, undefined],
    ['GET', `${MODEL}/pods/zebra-0/logs`, undefined],
    ['POST', `${MODEL}/scale`, { replicas: 0 }],
    ['DELETE', `${MODEL}?deleteVolume=true`, undefined],
    ['GET', '/api/models/v1/teams/eval', undefined],
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
    const response = await portal.api(MIA, path, { method, body });
    expect([403, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('SmolLM2');
  });

  it.each([
    '/api/models/v1/models',
    '/api/models/v1/models?team=eval',
    '/api/models/v1/overview',
    '/api/models/v1/gpus',
    '/api/playground/v1/models',
    '/api/catalog/entities',
  ])('is absent from %s', async path => {
    const text = await (await portal.api(MIA, path)).text();
    expect(text).not.toContain('zebra');
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
