import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, signIn, withScreenshot } from './harness/browser';
import { createKey } from './harness/keys';
import { deployReady } from './harness/models';
import { openPortal } from './harness/portal';
import { E2E_INSTANCE, stateHome } from './harness/settings';
import { waitFor } from './harness/waitFor';

const portal = openPortal();
const run = promisify(execFile);
const MIA = 'user:default/mia';
const TEMPLATE = '/create/templates/default/team-service';
const SERVICES = '/api/models/v1/services';
const repositories = join(
  stateHome,
  `instance-${E2E_INSTANCE}`,
  'portal/repositories',
);

let browser: Browser;
let key: string;

beforeAll(async () => {
  browser = await launchBrowser();
  await deployReady(portal, MIA, 'for-service', 'quant');
  key = await createKey('quant', '*');
});

afterAll(async () => {
  await browser?.close();
});

/** Fills the first page of the form and waits for the cluster's verdict on it. */
async function fillForm(page: Page, name: string): Promise<void> {
  await page.goto(`${portal.url}${TEMPLATE}`);
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page.getByRole('button', { name: /Model/ }).click();
  await page.getByRole('option', { name: /for-service/ }).click();
}

/** Answers the events of a task: what its log shows, by step. */
async function linesOf(page: Page): Promise<string> {
  const task = page.url().split('/').pop();
  const response = await portal.api(
    MIA,
    `/api/scaffolder/v2/tasks/${task}/events`,
  );
  return response.text();
}

async function pressNext(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click();
}

/** Objects of a service in both namespaces, whatever their kind. */
async function objectsOf(name: string): Promise<string> {
  const selector = `llm-platform.dev/service=${name}`;
  const kinds = 'deployments,services,configmaps,secrets,serviceaccounts';
  const found = await Promise.all(
    ['quant', 'platform'].map(namespace =>
      portal.kubectl(
        'get',
        kinds,
        '-n',
        namespace,
        '-l',
        selector,
        '-o',
        'name',
      ),
    ),
  );
  return found.join('');
}

describe('a team service from the form', () => {
  it('comes to answer at its route, with its source in git', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    let route = '';
    await withScreenshot(page, 'team-service', async () => {
      await fillForm(page, 'summaries');
      await page.getByText('It will run').waitFor();
      route = await page.getByRole('textbox', { name: /^Route/ }).inputValue();
      await pressNext(page);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.waitForURL(/\/create\/tasks\//);
      await page
        .getByRole('link', { name: 'Open the service' })
        .or(page.getByRole('button', { name: 'Open the service' }))
        .first()
        .waitFor({ timeout: 240_000 });
      // Neither the log nor anything else that a browser gets holds the key.
      expect(await linesOf(page)).not.toMatch(/sk-llmp-[\w-]{20}/);

      await waitFor('the entity to be in the catalog', async () => {
        const response = await portal.api(
          MIA,
          '/api/catalog/entities/by-name/component/default/quant-summaries',
        );
        return response.ok;
      });
      await page.goto(
        `${portal.url}/catalog/default/component/quant-summaries`,
      );
      await page.getByText('1/1').first().waitFor();
      await page.getByText(`/api/${route}/predict`).first().waitFor();
      await page
        .getByText(/quant-summaries\.git/)
        .first()
        .waitFor();
      await page.goto(`${portal.url}/teams/quant`);
      await page.getByRole('link', { name: 'summaries' }).first().waitFor();
    });

    const response = await fetch(`${portal.gatewayUrl}/api/${route}/predict`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        inputs: 'The capital of France is',
        parameters: { max_tokens: 16, temperature: 0 },
      }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    expect(answer).toMatchObject({
      generated_text: expect.stringContaining('Paris'),
      model_version: 'for-service',
      correlation_id: expect.any(String),
    });

    const { stdout } = await run('git', [
      `--git-dir=${join(repositories, 'quant-summaries.git')}`,
      'ls-tree',
      '-r',
      '--name-only',
      'main',
    ]);
    for (const file of [
      'src/summaries.ts',
      'src/summaries.test.ts',
      'Dockerfile',
      'k8s/deployment.yaml',
      'vendor/service-kit/src/index.ts',
      'catalog-info.yaml',
    ]) {
      expect(stdout).toContain(file);
    }
    await page.context().close();
  });

  it('refuses the same name again', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    await withScreenshot(page, 'team-service-again', async () => {
      await fillForm(page, 'summaries');
      await page
        .getByText(/There is a team service quant\/summaries already/)
        .first()
        .waitFor();
      await pressNext(page);
      // It does not go on.
      await page
        .getByText(/Name: There is a team service/)
        .first()
        .waitFor();
      expect(await page.getByRole('button', { name: 'Review' }).count()).toBe(
        0,
      );
    });
    await page.context().close();
  });

  it('leaves nothing behind where a step fails', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    await withScreenshot(page, 'team-service-failing', async () => {
      await fillForm(page, 'unlucky');
      await page.getByText('It will run').waitFor();
      await pressNext(page);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.waitForURL(/\/create\/tasks\//);
      // After the preflight, which would see it: what is applied is refused when image and repository are made.
      await waitFor('the preflight to be over', async () =>
        /"stepId":"(skeleton|content|build-image)"/.test(await linesOf(page)),
      );
      await portal.kubectl(
        'create',
        'quota',
        'none-left',
        '-n',
        'quant',
        '--hard=count/deployments.apps=0',
      );
      await waitFor(
        'the task to have taken back what it had made',
        async () => /"type":"completion"/.test(await linesOf(page)),
        { timeoutSeconds: 180 },
      );
    });
    await portal.kubectl('delete', 'quota', 'none-left', '-n', 'quant');
    const lines = await linesOf(page);
    expect(lines).toContain('exceeded quota');
    expect(lines).toContain('deleted: repository quant-unlucky');
    expect(lines).toContain('deleted: image llm-platform/quant/unlucky:0.1.0');
    expect(await objectsOf('unlucky')).toBe('');
    const left = existsSync(repositories) ? await readdir(repositories) : [];
    expect(left.filter(name => name.includes('unlucky'))).toEqual([]);
    await page.context().close();
  });

  it('is deleted from its entity, with its key', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    await withScreenshot(page, 'team-service-delete', async () => {
      await page.goto(
        `${portal.url}/catalog/default/component/quant-summaries`,
      );
      await page.getByRole('button', { name: 'Delete' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill('summaries');
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await page.getByText(/nothing left over/).waitFor({ timeout: 90_000 });
    });
    expect(await objectsOf('summaries')).toBe('');
    const gone = await portal.api(MIA, `${SERVICES}/embedded/quant/summaries`);
    expect(gone.status).toBe(404);
    await page.context().close();
  });
});
