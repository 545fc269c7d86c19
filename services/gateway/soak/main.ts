// yarn soak:gateway [--seconds N] [--streams N]
import http from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { GatewayProcess, KEY, MODEL } from '../harness/GatewayProcess';
import { freePorts } from '../harness/ports';
import { memoryOf, startScript, type Running } from '../harness/processes';
import { read, type Ending, type Plan } from './Reader';
import { meanOf, slopeOf, type Reading } from './slope';

const UPSTREAMS = 3;
const KILL_EVERY_MS = 4000;
const READ_MEMORY_EVERY_MS = 1000;
/** Until the heap has the size that the load needs; what grows after it grows. */
const WARM_SHARE = 0.5;
/**
 * Of the memory, in the part that is measured. In ten minutes a leak of one small object per request is more;
 * a minute, whose last steps of the heap's growth weigh more, shows only leaks of a body per request.
 */
const MOST_GROWTH = 0.05;
const MIB = 1024 * 1024;

function wholeNumber(text: string | undefined, standard: number): number {
  const value = text === undefined ? standard : Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`'${text}' is not a whole number above 0.`);
  }
  return value;
}

function planOf(seed: number): Plan {
  const chance = Math.random();
  return {
    seed,
    pieces: 20 + Math.floor(Math.random() * 180),
    // A quarter leaves in the middle, a tenth reads slowly.
    ...(chance < 0.25 && { leaveAfter: Math.floor(Math.random() * 60) }),
    rest: chance > 0.9 ? 20 + Math.random() * 60 : 0,
  };
}

/** Kills one upstream after the other without notice and starts it again. */
class Killer {
  kills = 0;
  private readonly timer: NodeJS.Timeout;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly upstreams: Running[]) {
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.killNext());
    }, KILL_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private async killNext(): Promise<void> {
    const at = this.kills % this.upstreams.length;
    this.kills += 1;
    const { child, url } = this.upstreams[at];
    child.kill('SIGKILL');
    await new Promise(resolve => setTimeout(resolve, 500));
    this.upstreams[at] = await startScript('soak/upstream.ts', [
      new URL(url).port,
    ]);
  }
}

/** Lines that a gateway in good order doesn't write. */
function badLinesOf(log: string): string[] {
  return log
    .split('\n')
    .filter(line =>
      /"level":"(error|fatal)"|unhandled|MaxListenersExceeded/i.test(line),
    );
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { seconds: { type: 'string' }, streams: { type: 'string' } },
  });
  const seconds = wholeNumber(values.seconds, 600);
  const streams = wholeNumber(values.streams, 200);
  GatewayProcess.build();
  const dir = mkdtempSync(path.join(tmpdir(), 'soak-'));
  const logFile = path.join(dir, 'gateway.log');
  const ports = await freePorts(UPSTREAMS);
  const upstreams = await Promise.all(
    ports.map(port => startScript('soak/upstream.ts', [`${port}`])),
  );
  const gateway = await GatewayProcess.start({
    endpoints: upstreams.map(upstream => upstream.url),
    logFile,
  });
  const killer = new Killer(upstreams);
  const agent = new http.Agent({ keepAlive: true });
  const target = { url: gateway.running.url, key: KEY, model: MODEL, agent };

  const endings: Record<Ending, number> = {
    finished: 0,
    told: 0,
    refused: 0,
    left: 0,
  };
  const faults: string[] = [];
  const memory: Reading[] = [];
  let bytes = 0;
  let seed = 0;
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const gauge = setInterval(() => {
    const value = memoryOf(gateway.running.pid);
    if (value !== undefined) {
      memory.push({ at: elapsed(), value: value / MIB });
    }
  }, READ_MEMORY_EVERY_MS);

  async function keepReading() {
    while (elapsed() < seconds && faults.length < 20) {
      seed += 1;
      try {
        const result = await read(target, planOf(seed));
        endings[result.ending] += 1;
        bytes += result.bytes;
        if (result.ending === 'refused') {
          // Nobody in earnest tries again at once.
          await new Promise(resolve => setTimeout(resolve, 200));
        }
      } catch (error) {
        faults.push(error instanceof Error ? error.message : String(error));
      }
    }
  }

  try {
    await Promise.all(Array.from({ length: streams }, keepReading));
    const alive = gateway.running.child.exitCode === null;
    if (!alive) {
      faults.push(`the gateway ended: ${gateway.running.child.exitCode}`);
    }
  } finally {
    clearInterval(gauge);
    await killer.stop();
    agent.destroy();
    await gateway.stop();
    await Promise.all(upstreams.map(upstream => upstream.stop()));
  }

  const badLines = badLinesOf(readFileSync(logFile, 'utf8'));
  rmSync(dir, { recursive: true });
  const warm = memory.filter(({ at }) => at >= seconds * WARM_SHARE);
  const slope = slopeOf(warm) * 60;
  const growth = (slope * seconds * (1 - WARM_SHARE)) / 60 / meanOf(warm);
  const flat = !(growth > MOST_GROWTH);
  const total = Object.values(endings).reduce((sum, n) => sum + n, 0);
  const last = memory[memory.length - 1]?.value;
  const lines = [
    `Gateway soak: ${seconds} s, ${streams} streams at a time, ${total} in all, ${(
      bytes / MIB
    ).toFixed(0)} MiB checked`,
    `  finished, every byte right  ${endings.finished}`,
    `  broken upstream, told so    ${endings.told}  (${killer.kills} kills)`,
    `  refused while it was away   ${endings.refused}`,
    `  client left on purpose      ${endings.left}`,
    `  lost, doubled or silent     ${faults.length}`,
    `  bad lines in the log        ${badLines.length}`,
    memory.length > 0
      ? `  RSS ${memory[0].value.toFixed(0)} → ${last.toFixed(
          0,
        )} MiB, slope ${slope.toFixed(2)} MiB/min after ${Math.round(
          seconds * WARM_SHARE,
        )} s, ${(growth * 100).toFixed(1)} % there: ${
          flat ? 'flat' : 'GROWING'
        } (bar: ≤ ${MOST_GROWTH * 100} %)`
      : '  RSS unknown on this platform',
    `  RSS over time               ${memory
      .filter((_, i) => i % Math.ceil(memory.length / 20) === 0)
      .map(({ value }) => value.toFixed(0))
      .join(' ')}`,
    ...faults.slice(0, 10).map(fault => `  FAULT ${fault}`),
    ...badLines.slice(0, 5).map(line => `  LOG ${line.slice(0, 300)}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const complete = endings.finished > 0 && endings.told > 0 && endings.left > 0;
  if (!complete) {
    process.stdout.write('  not every kind of ending was seen\n');
  }
  return faults.length === 0 && badLines.length === 0 && flat && complete;
}

main().then(
  passed => {
    process.stdout.write(passed ? 'soak passed\n' : 'soak FAILED\n');
    process.exit(passed ? 0 : 1);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
