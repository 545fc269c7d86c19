// yarn bench:gateway [--json FILE] [--rounds N] [--seconds N]
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { GatewayProcess, KEY, MODEL } from '../harness/GatewayProcess';
import {
  cpuSecondsOf,
  memoryOf,
  startScript,
  type Running,
} from '../harness/processes';
import type { LoadOrder, LoadResult } from './load';
import { startNginx } from './nginx';
import { median, printBars, printTable, type Bar, type Row } from './report';

const DIRECT = 'direct';
const RELAY = 'TCP relay in Node';
const BARE = 'bare undici proxy';
const LEAN = 'leanest undici proxy';
const NGINX = 'nginx, one worker';
const OURS = 'gateway';
const TRACED = 'gateway, tracing on';

const LOADS = [
  { connections: 32, stream: false },
  { connections: 1, stream: false },
  { connections: 32, stream: true },
  { connections: 1, stream: true },
];

const LEAST_SHARE = 2 / 3;
const MOST_ADDED_MS = 0.15;
const MOST_FIRST_BYTE_MS = 1;

/** Code that isn't compiled yet costs several times as much, and compiling takes a while. */
const WARM_FACTOR = 4;

interface Target {
  name: string;
  running: Running;
}

async function measure(load: Running, order: LoadOrder): Promise<LoadResult> {
  const answered = once(load.child, 'message');
  load.child.send(order);
  const [answer] = (await answered) as [
    { result: LoadResult } | { error: string },
  ];
  if ('error' in answer) {
    throw new Error(answer.error);
  }
  return answer.result;
}

/** Every target under every load, round by round, so that what else the machine does hits all alike. */
async function measureAll(
  targets: Target[],
  load: Running,
  options: { rounds: number; seconds: number },
): Promise<Row[]> {
  const rounds = new Map<string, Row[]>();
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const { connections, stream } of LOADS) {
      // Another order each time: what follows upon a heavy one isn't always the same.
      const order = targets.map(
        (_, i) => targets[(i + round) % targets.length],
      );
      for (const { name, running } of order) {
        const cpuBefore = cpuSecondsOf(running.pid);
        const result = await measure(load, {
          url: running.url,
          key: KEY,
          model: MODEL,
          stream,
          connections,
          seconds: options.seconds * (round === 0 ? WARM_FACTOR : 1),
        });
        const cpuAfter = cpuSecondsOf(running.pid);
        const key = `${name} ${connections} ${stream}`;
        // The first round only warms up.
        if (round > 0) {
          rounds.set(key, [
            ...(rounds.get(key) ?? []),
            {
              ...result,
              target: name,
              connections,
              stream,
              ...(cpuBefore !== undefined &&
                cpuAfter !== undefined && {
                  cpuMicros: ((cpuAfter - cpuBefore) * 1e6) / result.requests,
                }),
              rss: memoryOf(running.pid),
            },
          ]);
        }
      }
    }
    process.stderr.write(
      round === 0 ? 'warm\n' : `round ${round} of ${options.rounds}\n`,
    );
  }
  return [...rounds.values()].map(mergeRounds);
}

function mergeRounds(rows: Row[]): Row {
  const middle = (pick: (row: Row) => number | undefined) => {
    const values = rows.map(pick).filter(value => value !== undefined);
    return values.length > 0 ? median(values) : undefined;
  };
  const last = rows[rows.length - 1];
  return {
    ...last,
    requests: rows.reduce((sum, row) => sum + row.requests, 0),
    requestsPerSecond: median(rows.map(row => row.requestsPerSecond)),
    p50: median(rows.map(row => row.p50)),
    p99: median(rows.map(row => row.p99)),
    firstByteP50: middle(row => row.firstByteP50),
    cpuMicros: middle(row => row.cpuMicros),
  };
}

function judge(rows: Row[]): Bar[] {
  const row = (target: string, connections: number, stream: boolean) => {
    const found = rows.find(
      candidate =>
        candidate.target === target &&
        candidate.connections === connections &&
        candidate.stream === stream,
    );
    if (!found) {
      throw new Error(`${target} was not measured`);
    }
    return found;
  };
  const share = (peer: string) =>
    row(OURS, 32, false).requestsPerSecond /
    row(peer, 32, false).requestsPerSecond;
  const added = (target: string) =>
    row(target, 1, false).p50 - row(DIRECT, 1, false).p50;
  // A hop costs what the machine takes to wake two programs up: what others add
  // tells how much of ours is its own.
  const addedByOthers = [RELAY, NGINX, LEAN, BARE]
    .filter(name => rows.some(candidate => candidate.target === name))
    .map(name => `${name} ${added(name).toFixed(3)}`)
    .join(', ');
  const later = (target: string) =>
    (row(target, 1, true).firstByteP50 ?? NaN) -
    (row(DIRECT, 1, true).firstByteP50 ?? NaN);
  return [
    {
      what: 'requests/s against the bare proxy, 32 connections, JSON',
      bar: `≥ ${LEAST_SHARE.toFixed(2)}`,
      measured: `${share(BARE).toFixed(2)}; against the leanest ${share(
        LEAN,
      ).toFixed(2)}`,
      met: share(BARE) >= LEAST_SHARE,
    },
    {
      what: 'added p50 over the direct call, one connection, JSON',
      bar: `≤ ${MOST_ADDED_MS} ms`,
      measured: `${added(OURS).toFixed(3)} ms (${addedByOthers})`,
      met: added(OURS) <= MOST_ADDED_MS,
    },
    {
      what: 'first byte of a stream after the direct one, one connection',
      bar: `≤ ${MOST_FIRST_BYTE_MS} ms`,
      measured: `${later(OURS).toFixed(3)} ms; the bare proxy ${later(
        BARE,
      ).toFixed(3)} ms`,
      met: later(OURS) <= MOST_FIRST_BYTE_MS,
    },
  ];
}

function count(text: string | undefined, standard: number): number {
  const value = text === undefined ? standard : Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`'${text}' is not a whole number above 0.`);
  }
  return value;
}

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
    },
  });
  const options = {
    rounds: count(values.rounds, 5),
    seconds: count(values.seconds, 2),
  };
  GatewayProcess.build();

  const stops: Array<() => Promise<void>> = [];
  const keep = <T extends { stop(): Promise<void> }>(started: T): T => {
    stops.unshift(() => started.stop());
    return started;
  };
  try {
    const upstream = keep(await startScript('bench/upstream.ts'));
    const relay = keep(await startScript('bench/tcpRelay.ts', [upstream.url]));
    const bare = keep(await startScript('bench/bareProxy.ts', [upstream.url]));
    const lean = keep(await startScript('bench/leanProxy.ts', [upstream.url]));
    const collector = keep(await startScript('bench/collector.ts'));
    const ours = keep(
      await GatewayProcess.start({ endpoints: [upstream.url] }),
    );
    const traced = keep(
      await GatewayProcess.start({
        endpoints: [upstream.url],
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
      }),
    );
    const nginx = await startNginx(upstream.url);
    const load = keep(await startScript('bench/load.ts'));
    const rows = await measureAll(
      [
        { name: DIRECT, running: upstream },
        { name: RELAY, running: relay },
        { name: BARE, running: bare },
        { name: LEAN, running: lean },
        ...(nginx ? [{ name: NGINX, running: keep(nginx) }] : []),
        { name: OURS, running: ours.running },
        { name: TRACED, running: traced.running },
      ],
      load,
      options,
    );

    process.stdout.write(
      `Gateway bench: Node ${process.version}, ${
        cpus().length
      } cores, medians of ${options.rounds} rounds of ${
        options.seconds
      } s; credentials, limits, metrics, usage and request log on${
        nginx ? '' : '; nginx is not installed here'
      }\n`,
    );
    printTable(rows, BARE);
    const bars = judge(rows);
    printBars(bars);
    if (values.json) {
      writeFileSync(
        values.json,
        `${JSON.stringify(
          {
            node: process.version,
            cores: cpus().length,
            ...options,
            rows,
            bars,
          },
          undefined,
          2,
        )}\n`,
      );
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
