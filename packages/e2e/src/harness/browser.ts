import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { resultsDir } from './settings';

/** A browser from npm alone: no download of its own, no system package. */
export async function launchBrowser(): Promise<Browser> {
  const { default: packaged } = await import('@sparticuz/chromium');
  return await chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-dev-shm-usage',
    ],
  });
}

/** A page of a persona who has just signed in. */
export async function signIn(
  browser: Browser,
  url: string,
  persona: string,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // Otherwise the machine's, which in a container may be none that a browser knows.
    locale: 'en-US',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  await page.getByRole('button', { name: new RegExp(persona) }).click();
  await page.getByRole('link', { name: 'Home' }).first().waitFor();
  return page;
}

/** Keeps a picture of the page when `test` fails. */
export async function withScreenshot(
  page: Page,
  name: string,
  test: () => Promise<void>,
): Promise<void> {
  try {
    await test();
  } catch (error) {
    await mkdir(resultsDir, { recursive: true });
    await page.screenshot({ path: join(resultsDir, `${name}.png`) });
    throw error;
  }
}
