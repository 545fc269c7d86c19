import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ensurePrometheus } from '../../programs';

const run = promisify(execFile);
const READY_WITHIN_MS = 60_000;

/** Whatever can read other series than the selectors say is switched on. */
const FEATURES = [
  'promql-experimental-functions',
  'promql-duration-expr',
  'promql-extended-range-selectors',
  'promql-binop-fill-modifiers',
];

/** Prometheus' answer to one question, without what may differ between two that hold the same. */
export interface PrometheusAnswer {
  status: string;
  /** Only where the question was refused. */
  error?: string;
  resultType?: string;
  /** In the order of their labels. */
  result?: unknown[];
}

/** A real Prometheus that scrapes nothing and holds given series. */
export class RunningPrometheus {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #directory: string;

  /** `openMetrics` is what it holds, with times. */
  static async start(openMetrics: string): Promise<RunningPrometheus> {
    const { prometheus, promtool } = await ensurePrometheus();
    const directory = await mkdtemp(path.join(tmpdir(), 'prometheus-'));
    const inside = (name: string) => path.join(directory, name);
    await writeFile(inside('series.om'), openMetrics);
    await writeFile(inside('prometheus.yml'), 'scrape_configs: []\n');
    await run(promtool, [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      '--quiet',
      inside('series.om'),
      inside('data'),
    ]);
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      prometheus,
      [
        `--config.file=${inside('prometheus.yml')}`,
        `--storage.tsdb.path=${inside('data')}`,
        // The series are of one day, whatever today is
        '--storage.tsdb.retention.time=100y',
        `--web.listen-address=${address}`,
        `--enable-feature=${FEATURES.join(',')}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const started = new RunningPrometheus(
      `http://${address}`,
      child,
      directory,
    );
    try {
      await started.#ready();
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  private constructor(url: string, child: ChildProcess, directory: string) {
    this.url = url;
    this.#process = child;
    this.#directory = directory;
  }

  /** Asks with the parameters of `/api/v1/query` or, with a `step`, of `/api/v1/query_range`. */
  async ask(params: Record<string, string>): Promise<PrometheusAnswer> {
    const response = await fetch(
      `${this.url}/api/v1/${params.step ? 'query_range' : 'query'}`,
      { method: 'POST', body: new URLSearchParams(params) },
    );
    const { status, error, data } = (await response.json()) as {
      status: string;
      error?: string;
      data?: { resultType: string; result: unknown[] };
    };
    return {
      status,
      error,
      resultType: data?.resultType,
      result:
        data?.resultType === 'vector' || data?.resultType === 'matrix'
          ? sorted(data.result as Array<{ metric: object }>)
          : data?.result,
    };
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exit = once(this.#process, 'exit');
      this.#process.kill();
      await exit;
    }
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (performance.now() < deadline) {
      if (this.#process.exitCode !== null) {
        break;
      }
      const response = await fetch(`${this.url}/-/ready`).catch(
        () => undefined,
      );
      if (response?.ok) {
        return;
      }
      await sleep(50);
    }
    throw new Error('Prometheus does not become ready');
  }
}

function sorted<T extends { metric: object }>(rows: T[]): T[] {
  const key = ({ metric }: T) => JSON.stringify(Object.entries(metric).sort());
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
