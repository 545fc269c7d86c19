// yarn bench:panels [--json FILE] [--rounds N]
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { QueryRequest } from '@llm-platform/plugin-grafana-panels-common';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage, pan, type Opened } from './browser';
import { bundlePages } from './bundle';
import { benchDashboard, benchSeries, PANELS, SERIES, UID } from './dashboard';
import { PageServer } from './PageServer';
import { authorizationOf, CLUSTER, PanelsBackend } from './PanelsBackend';
import {
  medians,
  printBars,
  printDrawn,
  printLoads,
  type Bar,
  type Drawn,
  type NamedLoad,
} from './report';
import { StandInPrometheus } from './StandInPrometheus';
import { straight, throughThePortal } from './viewers';

const VIEWERS = 50;
/** Half of the viewers are in each. */
const TEAMS = 2;
const VIEWER = { name: 'alone', team: 'quant' };

async function measured(
  name: string,
  open: () => Promise<Opened>,
): Promise<{ drawn: Drawn; requests: QueryRequest[] }> {
  const { page, queries, ...figures } = await open();
  const drawn = {
    name,
    ...figures,
    requests: queries.length,
    ...(await pan(page)),
  };
  await page.context().close();
  return {
    drawn,
    requests: queries.map(body => JSON.parse(body) as QueryRequest),
  };
}

/** All queries of the portal's page in one request, as the bare page sends them. */
function inOne(requests: QueryRequest[]): QueryRequest {
  return {
    ...requests[0],
    queries: requests
      .flatMap(({ queries }) => queries)
      .map((query, i) => ({ ...query, refId: `Requests ${i + 1}` })),
  };
}

async function drawAll(
  browser: Browser,
  pageUrl: string,
  rounds: number,
): Promise<{ rows: Drawn[]; requests: QueryRequest[] }> {
  const authorization = authorizationOf(VIEWER);
  const urlOf = (page: string, parameters: Record<string, string>) =>
    `${pageUrl}/${page}?${new URLSearchParams({
      authorization,
      ...parameters,
    })}`;
  const drawPortal = () =>
    measured('portal', () =>
      openPage(browser, urlOf(`dashboards/files/${UID}`, {}), PANELS),
    );
  const drawBare = (requests: QueryRequest[]) =>
    measured('bare uPlot', () =>
      openPage(
        browser,
        urlOf('bare.html', { query: JSON.stringify(inOne(requests)) }),
        PANELS,
      ),
    );
  const portal: Drawn[] = [];
  const bare: Drawn[] = [];
  // The first round only warms up.
  let { requests } = await drawPortal();
  await drawBare(requests);
  process.stderr.write('warm\n');
  for (let round = 1; round <= rounds; round += 1) {
    const ours = await drawPortal();
    requests = ours.requests;
    portal.push(ours.drawn);
    bare.push((await drawBare(requests)).drawn);
    process.stderr.write(`round ${round} of ${rounds}\n`);
  }
  return { rows: [medians(portal), medians(bare)], requests };
}

async function loadAll(
  prometheus: StandInPrometheus,
  backendUrl: string,
  requests: QueryRequest[],
): Promise<NamedLoad[]> {
  const stepMs =
    1000 *
    Math.max(...requests.flatMap(r => r.queries.map(q => q.stepSeconds)));
  // Later ranges, so that nothing is remembered from the page itself.
  const later = (steps: number) =>
    requests.map(request => ({
      ...request,
      from: request.from + steps * stepMs,
      to: request.to + steps * stepMs,
    }));
  const common = { prometheus, backendUrl };
  const rows: NamedLoad[] = [];
  const add = async (name: string, load: ReturnType<typeof straight>) =>
    rows.push({ name, ...(await load) });
  await add(
    '1',
    throughThePortal({ ...common, requests: later(2), viewers: 1 }),
  );
  await add(
    `${VIEWERS} of ${TEAMS} teams`,
    throughThePortal({ ...common, requests: later(4), viewers: VIEWERS }),
  );
  await add(
    'the same again',
    throughThePortal({ ...common, requests: later(4), viewers: VIEWERS }),
  );
  await add(
    'a step later',
    throughThePortal({ ...common, requests: later(5), viewers: VIEWERS }),
  );
  await add(
    `${VIEWERS} without the portal`,
    straight({ prometheus, requests: later(4), viewers: VIEWERS }),
  );
  return rows;
}

function judge([portal, bare]: Drawn[], loads: NamedLoad[]): Bar[] {
  const [one, many, again, later] = loads;
  const once = (load: NamedLoad, teams: number) =>
    load.received === load.distinct && load.received === PANELS * teams;
  return [
    {
      what: 'one query per distinct query and step',
      measured: `1 viewer ${one.received}, ${VIEWERS} viewers of ${TEAMS} teams ${many.received}, again ${again.received}, a step later ${later.received}`,
      met:
        once(one, 1) &&
        once(many, TEAMS) &&
        again.received === 0 &&
        once(later, TEAMS),
    },
    {
      what: 'scripting per frame while the pointer moves stays within a frame of 60 a second',
      measured: `${portal.scriptPerFrame.toFixed(
        2,
      )} ms; bare uPlot ${bare.scriptPerFrame.toFixed(2)} ms`,
      met: portal.scriptPerFrame < 1000 / 60,
    },
  ];
}

async function main() {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, rounds: { type: 'string' } },
  });
  const rounds = Number(values.rounds ?? 3);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`'${values.rounds}' is not a whole number above 0.`);
  }
  const stops: Array<() => Promise<unknown>> = [];
  const work = await mkdtemp(path.join(tmpdir(), 'llmp-bench-panels-'));
  stops.unshift(() => rm(work, { recursive: true, force: true }));
  try {
    const dashboardsDir = path.join(work, 'dashboards');
    const pageDir = path.join(work, 'page');
    await mkdir(dashboardsDir);
    await writeFile(
      path.join(dashboardsDir, `${UID}.json`),
      JSON.stringify(benchDashboard()),
    );
    await bundlePages(pageDir);
    const prometheus = await StandInPrometheus.start(benchSeries);
    stops.unshift(() => prometheus.stop());
    const backend = await PanelsBackend.start({
      prometheusUrl: prometheus.url,
      dashboardsDir,
    });
    stops.unshift(() => backend.stop());
    const pages = await PageServer.start({
      dir: pageDir,
      backendUrl: backend.url,
    });
    stops.unshift(() => pages.stop());
    const browser = await launchBrowser();
    stops.unshift(() => browser.close());

    const { rows, requests } = await drawAll(browser, pages.url, rounds);
    const loads = await loadAll(prometheus, backend.url, requests);
    const [{ stepSeconds }] = requests[0].queries;
    process.stdout.write(
      `Panels bench: Node ${process.version}, Chromium ${browser.version()}, ${
        cpus().length
      } cores, medians of ${rounds} rounds; ${PANELS} panels of ${SERIES} series, 6 h in steps of ${stepSeconds} s, data source ${CLUSTER}\n\n`,
    );
    printDrawn(rows);
    printLoads(loads);
    const bars = judge(rows, loads);
    printBars(bars);
    if (values.json) {
      const report = {
        node: process.version,
        chromium: browser.version(),
        cores: cpus().length,
        rounds,
        panels: PANELS,
        series: SERIES,
        stepSeconds,
        pages: rows,
        loads,
        bars,
      };
      await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
    }
  } finally {
    for (const stop of stops) {
      await stop();
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
