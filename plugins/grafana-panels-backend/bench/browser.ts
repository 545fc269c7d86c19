import {
  chromium,
  type Browser,
  type CDPSession,
  type Page,
} from 'playwright-core';

/** All of the dashboard is on the screen. */
const VIEWPORT = { width: 1600, height: 1900 };
const DRAWN_TIMEOUT_MS = 60_000;
/** Mouse moves of one measurement. */
const MOVES = 240;

/** Text, since functions that are sent to a page must not have been transpiled. */
const COUNT_FRAMES = `
  window.benchFrames = 0;
  requestAnimationFrame(function next() {
    window.benchFrames += 1;
    requestAnimationFrame(next);
  });
`;

/** A page that was opened and drawn. */
export interface Opened {
  page: Page;
  /** From the navigation until every plot was drawn. */
  drawnMs: number;
  /** From the answer to the last of the queries until every plot was drawn. */
  afterDataMs: number;
  /** As they came over the wire, compressed. */
  scriptBytes: number;
  dataBytes: number;
  /** Bodies of the queries that the page sent. */
  queries: string[];
}

/** What the browser did while the pointer moved over the plots. */
export interface Panned {
  frames: number;
  /** Milliseconds of JavaScript per frame. */
  scriptPerFrame: number;
  /** Milliseconds of the main thread per frame: with styles, layout and painting. */
  taskPerFrame: number;
}

export async function launchBrowser(): Promise<Browser> {
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-dev-shm-usage',
    ],
  });
}

/** Opens a page with an empty cache and waits until `plots` plots are drawn. */
export async function openPage(
  browser: Browser,
  url: string,
  plots: number,
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    locale: 'en-US',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(error.message));
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const types = new Map<string, string>();
  let scriptBytes = 0;
  let dataBytes = 0;
  let lastAnswer = 0;
  const queries: string[] = [];
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    types.set(requestId, request.url);
    if (request.url.endsWith('/v1/query') && request.postData !== undefined) {
      queries.push(request.postData);
    }
  });
  session.on('Network.loadingFinished', event => {
    if (types.get(event.requestId)?.includes('/api/')) {
      dataBytes += event.encodedDataLength;
    } else {
      scriptBytes += event.encodedDataLength;
    }
    if (types.get(event.requestId)?.endsWith('/v1/query')) {
      lastAnswer = performance.now();
    }
  });
  const startedAt = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  try {
    await page.waitForFunction(
      count => {
        const drawn = [...document.querySelectorAll('canvas')].filter(
          canvas => canvas.width > 0 && canvas.closest('.uplot'),
        );
        return drawn.length >= count;
      },
      plots,
      { polling: 'raf', timeout: DRAWN_TIMEOUT_MS },
    );
    // uPlot paints in the frame after it was made.
    await page.evaluate(
      () =>
        new Promise(resolve => {
          requestAnimationFrame(() => requestAnimationFrame(resolve));
        }),
    );
  } catch (error) {
    throw new Error(
      `${url.split('?')[0]} did not draw ${plots} plots: ${
        problems.join('; ') || error
      }; it shows: ${(await page.innerText('body')).slice(0, 500)}`,
    );
  }
  const now = performance.now();
  return {
    page,
    drawnMs: now - startedAt,
    afterDataMs: now - lastAnswer,
    scriptBytes,
    dataBytes,
    queries,
  };
}

/** Moves the pointer over the plots, a step per frame, all crosshairs following. */
export async function pan(page: Page): Promise<Panned> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const boxes = [];
  for (const over of (await page.locator('.u-over').all()).slice(0, 4)) {
    const box = await over.boundingBox();
    if (box) {
      boxes.push(box);
    }
  }
  if (boxes.length === 0) {
    throw new Error('There is no plot to move the pointer over.');
  }
  await page.evaluate(COUNT_FRAMES);
  const frames = async () => Number(await page.evaluate('window.benchFrames'));
  // The first one warms up.
  await sweep(page, boxes[0], 30);
  const before = { frames: await frames(), ...(await timesOf(session)) };
  for (const box of boxes) {
    await sweep(page, box, MOVES / boxes.length);
  }
  const after = { frames: await frames(), ...(await timesOf(session)) };
  const count = Math.max(1, after.frames - before.frames);
  return {
    frames: count,
    scriptPerFrame: (1000 * (after.script - before.script)) / count,
    taskPerFrame: (1000 * (after.task - before.task)) / count,
  };
}

async function sweep(
  page: Page,
  box: { x: number; y: number; width: number; height: number },
  moves: number,
): Promise<void> {
  for (let i = 0; i < moves; i += 1) {
    await page.mouse.move(
      box.x + (box.width * (i + 0.5)) / moves,
      box.y + box.height / 2,
    );
    await page.evaluate(
      () => new Promise(resolve => requestAnimationFrame(resolve)),
    );
  }
}

/** Seconds since the page began. */
async function timesOf(
  session: CDPSession,
): Promise<{ script: number; task: number }> {
  const { metrics } = await session.send('Performance.getMetrics');
  const valueOf = (name: string) =>
    metrics.find(metric => metric.name === name)?.value ?? NaN;
  return { script: valueOf('ScriptDuration'), task: valueOf('TaskDuration') };
}
