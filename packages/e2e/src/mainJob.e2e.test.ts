import type { Browser, Page } from 'playwright-core';
import { launchBrowser, signIn, withScreenshot } from './harness/browser';
import { openPortal } from './harness/portal';
import { waitFor } from './harness/waitFor';

const portal = openPortal();
const DEPLOY = '/create/templates/default/model-deployment';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

/** Fills the form from a preset and a name, and waits for the cluster's verdict. */
async function fillForm(page: Page, preset: RegExp, name: string) {
  await page.goto(`${portal.url}${DEPLOY}`);
  const model = page.getByRole('combobox', { name: /^Model/ });
  await model.waitFor();
  await page.getByRole('button', { name: 'Show models' }).click();
  // Presets come before the known models.
  await page.getByRole('option', { name: preset }).first().click();
  const field = page.getByRole('textbox', { name: /^Name/ });
  await field.fill(name);
}

/** Sends a prompt once the model can be talked to; resolves with its answer's line of figures. */
async function ask(page: Page, model: string, prompt: string) {
  await page.goto(`${portal.url}/playground?model=${model}&cluster=embedded`);
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill(prompt);
  await page.getByRole('button', { name: 'Send' }).click();
  const messages = page.getByLabel('Messages');
  await messages
    .getByText(/\d m?s to first token · .*\d+ in \/ \d+ out/)
    .first()
    .waitFor({ timeout: 120_000 });
  return await messages.innerText();
}

/** Presses on through Review to the task, and waits until it ended well. */
async function submit(page: Page) {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await page.waitForURL(/\/create\/tasks\//);
  await page
    .getByRole('link', { name: 'Open the model' })
    .or(page.getByRole('button', { name: 'Open the model' }))
    .first()
    .waitFor({ timeout: 240_000 });
}

describe('the main job', () => {
  it('deploys SmolLM2 from the form and chats with it', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    const bodies: Array<Promise<string>> = [];
    page.on('response', response => {
      const type = response.headers()['content-type'] ?? '';
      if (/json|text\/(plain|event-stream)/.test(type)) {
        // A redirect has no body, one of a page that was left is gone.
        bodies.push(response.text().catch(() => ''));
      }
    });
    await withScreenshot(page, 'deploy-smollm2', async () => {
      await fillForm(page, /SmolLM2/, 'smol');
      await submit(page);

      // The start-up timeline stands in the task's log.
      const log = await (
        await portal.api(
          'user:default/mia',
          `/api/scaffolder/v2/tasks/${page.url().split('/').pop()}/events`,
        )
      ).text();
      const lines = (
        JSON.parse(log) as Array<{
          body: { stepId?: string; message: string };
        }>
      )
        .filter(({ body }) => body.stepId === 'wait-ready')
        .map(({ body }) => body.message)
        .join('\n');
      for (const phase of [/scheduled/i, /volume/i, /image/i, /ready/i]) {
        expect(lines).toMatch(phase);
      }

      await page.goto(`${portal.url}/models/embedded/quant/smol`);
      await page.getByText('Ready').first().waitFor();
      await page.getByText('1/1').first().waitFor();

      // The catalog learns of it by itself.
      await waitFor('the entity to be in the catalog', async () => {
        const response = await portal.api(
          'user:default/mia',
          '/api/catalog/entities/by-name/component/default/quant-smol',
        );
        return response.ok;
      });
      await page.goto(`${portal.url}/catalog/default/component/quant-smol`);
      await page.getByText('1/1').first().waitFor();

      const answer = await ask(page, 'smol', 'What is the capital of France?');
      expect(answer).toContain('Paris');
      // Its answers are its own: nothing to label.
      expect(answer).not.toMatch(/simulated/i);
    });
    // A browser doesn't keep a streamed body, so the same request is read here.
    const chat = await portal.api(
      'user:default/mia',
      '/api/playground/v1/chat',
      {
        method: 'POST',
        body: {
          cluster: 'embedded',
          model: 'smol',
          messages: [{ role: 'user', content: 'Hello' }],
          max_tokens: 8,
        },
      },
    );
    bodies.push(chat.text());
    // Neither an application key nor the portal's signed token ever gets here:
    // the only JWTs in a browser are Backstage's own.
    const seen = (await Promise.all(bodies)).join('\n');
    expect(seen).toContain('chat.completion.chunk');
    expect(seen).not.toMatch(/sk-llmp-[\w-]{20}/);
    for (const [token] of seen.matchAll(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g)) {
      const claims = JSON.parse(
        Buffer.from(token.split('.')[1], 'base64url').toString(),
      ) as { aud?: string };
      expect(claims.aud).not.toBe('llm-platform-gateway');
    }
    await page.context().close();
  });

  it('deploys the Mistral preset on the T4 and labels its answers', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    await withScreenshot(page, 'deploy-mistral', async () => {
      await fillForm(page, /Mistral 7B/, 'mistral');
      await submit(page);
      const pods = JSON.parse(
        await portal.kubectl(
          'get',
          'pods',
          '-n',
          'quant',
          '-l',
          'llm-platform.dev/model=mistral',
          '-o',
          'json',
        ),
      ) as { items: Array<{ spec: { nodeName: string } }> };
      const node = JSON.parse(
        await portal.kubectl(
          'get',
          'node',
          pods.items[0].spec.nodeName,
          '-o',
          'json',
        ),
      ) as { metadata: { labels: Record<string, string> } };
      expect(node.metadata.labels['node.kubernetes.io/instance-type']).toBe(
        'g4dn.xlarge',
      );

      await page.goto(`${portal.url}/gpus`);
      const row = page
        .getByRole('row')
        .filter({ hasText: pods.items[0].spec.nodeName });
      await row.filter({ hasText: 'mistral' }).waitFor();

      const answer = await ask(page, 'mistral', 'Say hello.');
      expect(answer).toMatch(/simulated/i);
      const response = await portal.api(
        'user:default/mia',
        '/api/playground/v1/chat',
        {
          method: 'POST',
          body: {
            cluster: 'embedded',
            model: 'mistral',
            messages: [{ role: 'user', content: 'Say hello.' }],
            max_tokens: 8,
          },
        },
      );
      expect(await response.text()).toMatch(
        /"x_simulated":"answered by SmolLM2/,
      );
    });
    await page.context().close();
  });

  it('blocks Mistral-7B in fp16 on the T4, with the numbers', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    await withScreenshot(page, 'blocked-fp16', async () => {
      await fillForm(page, /Mistral 7B/, 'mistral-fp16');
      const model = page.getByRole('combobox', { name: /^Model/ });
      await model.fill('mistralai/Mistral-7B-Instruct-v0.2');
      await model.press('Enter');
      await page.getByRole('button', { name: /Quantization/ }).click();
      await page.getByRole('option', { name: /none/i }).click();
      await page
        .getByText(/13\.\d+ GiB/)
        .first()
        .waitFor();
      await page.getByText('It will not run').first().waitFor();
      await page.getByRole('button', { name: /Use AWQ/ }).waitFor();
      await page.getByRole('button', { name: 'Review' }).click();
      // It stays on the form, and says why.
      await page.getByRole('button', { name: /Use AWQ/ }).waitFor();
      expect(
        await page.getByRole('button', { name: 'Deploy', exact: true }).count(),
      ).toBe(0);
    });
    await page.context().close();
  });
});
