import { setTimeout } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, signIn, withScreenshot } from './harness/browser';
import { createKey } from './harness/keys';
import { deployReady, remove } from './harness/models';
import { openPortal } from './harness/portal';
import { E2E_INSTANCE } from './harness/settings';
import { waitFor } from './harness/waitFor';

const portal = openPortal();
const OVERVIEW = '/dashboards/files/llm-platform';
const PROMETHEUS = `http://127.0.0.${1 + E2E_INSTANCE}:30090`;
const MODELS = { quant: 'panels-quant', eval: 'panels-eval' } as const;

/** What a page got from the panels' backend. */
interface Answered {
  results: Array<{
    executedExpr?: string;
    stepSeconds?: number;
    series?: Array<{
      labels: Record<string, string>;
      times: number[];
      values: Array<number | string>;
    }>;
  }>;
}

/** Between two prompts: this machine computes the answers, too. */
const PAUSE_MS = 1_000;

/** Asks a model again and again, until the tests end. */
function keepAsking(key: string, model: string): () => Promise<void> {
  const stop = new AbortController();
  const asking = (async () => {
    while (!stop.signal.aborted) {
      const response = await fetch(`${portal.gatewayUrl}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          model,
          max_tokens: 16,
          messages: [{ role: 'user', content: 'Name three rivers.' }],
        }),
        signal: stop.signal,
      });
      await response.text();
      await setTimeout(PAUSE_MS, undefined, { signal: stop.signal });
    }
  })().catch(error => {
    if (!stop.signal.aborted) throw error;
  });
  return async () => {
    stop.abort();
    await asking;
  };
}

let browser: Browser;
const stops: Array<() => Promise<void>> = [];

beforeAll(async () => {
  browser = await launchBrowser();
  await Promise.all([
    deployReady(portal, 'user:default/mia', MODELS.quant, 'quant'),
    deployReady(portal, 'user:default/erik', MODELS.eval, 'eval'),
  ]);
  for (const team of ['quant', 'eval'] as const) {
    stops.push(keepAsking(await createKey(team, MODELS[team]), MODELS[team]));
  }
  await waitFor(
    'Prometheus to have a rate of both models',
    async () => {
      const { result } = await ask(
        'sum by (model) (rate(llm_gateway_tokens_total[1m]) > 0)',
        // A panel ends at a whole step, which is some seconds ago.
        Date.now() / 1000 - 30,
      );
      const models = result.map(({ metric }) => metric.model);
      return Object.values(MODELS).every(model => models.includes(model));
    },
    { timeoutSeconds: 240, everyMs: 2000 },
  );
});
afterAll(async () => {
  await Promise.all(stops.map(stop => stop()));
  await browser?.close();
  await remove(portal, 'user:default/mia', MODELS.quant, 'quant');
  await remove(portal, 'user:default/erik', MODELS.eval, 'eval');
});

/** Prometheus itself, past the portal. */
async function ask(query: string, time?: number) {
  const params = new URLSearchParams({
    query,
    ...(time !== undefined && { time: String(time) }),
  });
  const response = await fetch(`${PROMETHEUS}/api/v1/query?${params}`).catch(
    () => undefined,
  );
  const body = response?.ok
    ? ((await response.json()) as {
        data: {
          result: Array<{
            metric: Record<string, string>;
            value: [number, string];
          }>;
        };
      })
    : undefined;
  return { result: body?.data.result ?? [] };
}

function panelOf(page: Page, title: string): Locator {
  return page.getByRole('region', { name: title, exact: true });
}

/** Names with their newest value, as the legend has them. */
async function legendOf(panel: Locator): Promise<Array<[string, string]>> {
  const rows = panel.locator('table tbody tr');
  await rows.first().waitFor();
  return await rows.evaluateAll(found =>
    found.map(row => {
      const [name, last] = [...row.querySelectorAll('td')].map(
        cell => cell.textContent?.trim() ?? '',
      );
      return [name, last] as [string, string];
    }),
  );
}

/** What a panel asked, as its menu says. */
async function askedBy(page: Page, panel: Locator): Promise<string> {
  await panel.hover();
  await panel.getByRole('button', { name: /^Menu of/ }).click();
  await page
    .getByRole('menuitem', { name: 'What Prometheus was asked' })
    .click();
  const asked = await page.getByRole('dialog').locator('pre').innerText();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return asked;
}

const SCALES: Record<string, number> = {
  '': 1,
  'req/s': 1,
  'tok/s': 1,
  'ktok/s': 1000,
  s: 1,
  ms: 1e-3,
  µs: 1e-6,
};

/** A shown figure and by how much its rounding may be off. */
function readFigure(text: string): { value: number; within: number } {
  const match = /^(-?[\d.]+)\s*(\S*)$/.exec(text);
  const scale = match && SCALES[match[2]];
  if (!match || scale === undefined || scale === null) {
    throw new Error(`no figure: ${text}`);
  }
  const decimals = match[1].split('.')[1]?.length ?? 0;
  return {
    value: Number(match[1]) * scale,
    within: 0.51 * 10 ** -decimals * scale,
  };
}

/** Where a series has no number at all. */
const NO_FIGURE = '–';

const nameOf = (metric: Record<string, string>) =>
  [metric.model, metric.direction].filter(Boolean).join(' ');

/** Whether a figure of a legend is what Prometheus answers to the same at that time, give or take a step. */
async function compare(
  shown: { asked: string; name: string; text: string; stepSeconds: number },
  times: number[],
  values: Array<number | string>,
): Promise<{ candidates: number[]; equal: boolean }> {
  const { asked, name, text, stepSeconds } = shown;
  const numbers = values.filter(one => typeof one === 'number');
  if (text === NO_FIGURE) {
    // A model that nobody asked in this time has a latency of NaN.
    return { candidates: numbers, equal: numbers.length === 0 };
  }
  const { value, within } = readFigure(text);
  // A model that is asked no more has its newest figure some time ago.
  const at = times[values.findLastIndex(one => typeof one === 'number')];
  const near = await Promise.all(
    [-1, 0, 1].map(steps => ask(asked, at + steps * stepSeconds)),
  );
  const candidates = near.flatMap(({ result }) =>
    result
      .filter(({ metric }) => nameOf(metric) === name)
      .map(one => Number(one.value[1])),
  );
  const off = candidates
    .filter(Number.isFinite)
    .map(one => Math.abs(one - value));
  return { candidates, equal: Math.min(...off) <= within };
}

describe('the overview, while prompts run', () => {
  it.each([
    'Request rate',
    'Request latency, 95 %',
    'Active inference requests',
    'Token throughput',
  ])(
    '%s: each legend value is what Prometheus answers at that time',
    async title => {
      const page = await signIn(browser, portal.url, 'Pat');
      const answers: Answered[] = [];
      page.on('response', response => {
        if (response.url().endsWith('/api/grafana-panels/v1/query')) {
          response.json().then(
            body => answers.push(body as Answered),
            () => undefined,
          );
        }
      });
      await withScreenshot(
        page,
        `panels-${title.replace(/\W+/g, '-')}`,
        async () => {
          await page.goto(
            `${portal.url}${OVERVIEW}?from=now-15m&to=now&refresh=`,
          );
          const panel = panelOf(page, title);
          const legend = await legendOf(panel);
          expect(legend.map(([name]) => name).join()).toContain(MODELS.quant);
          expect(legend.map(([name]) => name).join()).toContain(MODELS.eval);

          const asked = await askedBy(page, panel);
          const answered = answers
            .flatMap(({ results }) => results)
            .find(({ executedExpr }) => executedExpr === asked);
          const { stepSeconds = 0, series = [] } = answered ?? {};
          expect(stepSeconds).toBeGreaterThan(0);

          for (const [name, text] of legend) {
            const shown = { asked, name, text, stepSeconds };
            const { times = [], values = [] } =
              series.find(({ labels }) => nameOf(labels) === name) ?? {};
            const { candidates, equal } = await compare(shown, times, values);
            expect({ name, text, candidates, equal }).toEqual({
              name,
              text,
              candidates,
              equal: true,
            });
          }
        },
      );
      await page.context().close();
    },
  );

  it('shows two persons of different teams different numbers', async () => {
    const seen: Record<string, Array<[string, string]>> = {};
    for (const person of ['Mia', 'Erik']) {
      const page = await signIn(browser, portal.url, person);
      await withScreenshot(page, `panels-${person}`, async () => {
        await page.goto(
          `${portal.url}${OVERVIEW}?from=now-15m&to=now&refresh=`,
        );
        seen[person] = await legendOf(panelOf(page, 'Token throughput'));
        // Whatever is scrolled to, typed or opened: no word of the others.
        const other = MODELS[person === 'Mia' ? 'eval' : 'quant'];
        await page.mouse.wheel(0, 4000);
        await page.waitForLoadState('networkidle');
        expect(await page.locator('body').innerText()).not.toContain(other);
      });
      await page.context().close();
    }
    const names = (person: string) => seen[person].map(([name]) => name).join();
    expect(names('Mia')).toContain(MODELS.quant);
    expect(names('Mia')).not.toContain(MODELS.eval);
    expect(names('Erik')).toContain(MODELS.eval);
    expect(names('Erik')).not.toContain(MODELS.quant);
    expect(seen.Mia).not.toEqual(seen.Erik);
  });

  it('is on the pages of the team and of the model', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    await withScreenshot(page, 'panels-elsewhere', async () => {
      const shows = async (path: string, title: string) => {
        await page.goto(`${portal.url}${path}`);
        await panelOf(page, title)
          .getByRole('button', { name: MODELS.quant })
          .first()
          .waitFor();
        expect(await page.locator('body').innerText()).not.toContain(
          MODELS.eval,
        );
      };
      await shows('/teams/quant', 'Requests by model');
      await shows(`/models/embedded/quant/${MODELS.quant}/panels`, 'Queue');
      await shows('/catalog/default/group/quant/panels', 'Requests by model');
    });
    await page.context().close();
  });
});

describe('when Prometheus is gone', () => {
  const scale = (replicas: number) =>
    portal.kubectl(
      'scale',
      'deployment/prometheus',
      '--namespace=observability',
      `--replicas=${replicas}`,
    );
  const isUp = async () => (await ask('vector(1)')).result.length === 1;

  afterAll(async () => {
    await scale(1);
    await waitFor('Prometheus to be back', isUp, { timeoutSeconds: 120 });
  });

  it('panels keep their data and say how old they are', async () => {
    const page = await signIn(browser, portal.url, 'Mia');
    await withScreenshot(page, 'panels-stale', async () => {
      await page.goto(`${portal.url}${OVERVIEW}?from=now-15m&to=now&refresh=`);
      const panel = panelOf(page, 'Token throughput');
      const legend = await legendOf(panel);
      await scale(0);
      await waitFor('Prometheus to be gone', async () => !(await isUp()));
      // Within the same step the backend still has the answer of before.
      await waitFor(
        'the panel to say how old its data are',
        async () => {
          await page.getByRole('button', { name: 'Refresh now' }).click();
          return panel.getByText(/^as of /i).isVisible();
        },
        { timeoutSeconds: 120, everyMs: 10_000 },
      );
      expect((await legendOf(panel)).map(([name]) => name)).toEqual(
        legend.map(([name]) => name),
      );
    });
    await page.context().close();
  });
});
