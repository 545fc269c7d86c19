import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, signIn, withScreenshot } from './harness/browser';
import { deployReady } from './harness/models';
import { openPortal } from './harness/portal';

const portal = openPortal();

let browser: Browser;
let page: Page;
let axe: string;
beforeAll(async () => {
  axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  await deployReady(portal, 'user:default/mia', 'seen', 'quant');
  browser = await launchBrowser();
  page = await signIn(browser, portal.url, 'Mia');
});
afterAll(async () => {
  await browser?.close();
});

/** Each page with a text that stands on it once its data are there. */
const PAGES = [
  ['/', 'Needs attention'],
  ['/models', 'seen'],
  ['/models/embedded/quant/seen', 'Start-up'],
  ['/models/embedded/quant/seen/logs', 'live'],
  ['/gpus', 'Capacity'],
  ['/teams/quant', 'seen'],
  ['/models/embedded/quant/seen/panels', 'seen running'],
  ['/dashboards', 'Gateway and budgets'],
  ['/dashboards/files/llm-platform', 'Request rate'],
  ['/dashboards/files/llm-gateway', 'tokensPerDay'],
  ['/dashboards/files/llm-models', 'seen running'],
  ['/playground?model=seen&cluster=embedded', 'seen'],
  ['/create/templates/default/model-deployment', 'Will it run?'],
] as const;

/**
 * The tabs of Backstage's own page header (`@backstage/ui`) are links: each
 * names a tab panel in `aria-controls` that no page renders. Nothing here can
 * set or remove that attribute, so this one finding on them is left out.
 */
const isHeaderTab = (rule: string, target: string): boolean =>
  rule === 'aria-valid-attr-value' && /^#react-aria\S+-tab-/.test(target);

describe('axe finds nothing serious', () => {
  it.each(
    (['light', 'dark'] as const).flatMap(scheme =>
      PAGES.map(([path, text]) => [scheme, path, text] as const),
    ),
  )('%s: %s', async (scheme, path, text) => {
    await page.emulateMedia({ colorScheme: scheme });
    const name = `axe-${scheme}-${path.replace(/\W+/g, '-')}`;
    await withScreenshot(page, name, async () => {
      await page.goto(`${portal.url}${path}`);
      // Series of a new model are there after a scrape and a refresh.
      await page
        .getByText(text, { exact: false })
        .first()
        .waitFor({ timeout: 120_000 });
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, help, nodes }) => ({
          id,
          help,
          where: nodes
            .map(({ target }) => target.join(' '))
            .filter(target => !isHeaderTab(id, target))
            .slice(0, 5),
        }))
        .filter(({ where }) => where.length > 0);
      expect(serious).toEqual([]);
    });
  });
});
