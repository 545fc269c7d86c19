import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import {
  APPLICATION_KEY,
  CREDENTIAL_LABEL,
  MODEL_LABEL,
  ROUTE_LABEL,
  TEAM_LABEL,
} from '../src/labels';
import { FakeApiServer } from './FakeApiServer';
import { freePorts } from './ports';
import { startProgram, type Running } from './processes';

/** The key that opens the gateway of a bench or soak. */
export const KEY = 'sk-llmp-of-bench-and-soak';
export const MODEL = 'bench-model';

const PACKAGE_DIR = path.join(__dirname, '..');

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A cluster with one team, one model with these endpoints, and one key. */
function clusterWith(endpoints: string[]) {
  const labels = { [ROUTE_LABEL]: MODEL, [MODEL_LABEL]: MODEL };
  const namespace = 'bench';
  return {
    '/api/v1/namespaces': [
      { metadata: { name: namespace, labels: { [TEAM_LABEL]: 'bench' } } },
    ],
    '/api/v1/services': [
      {
        metadata: {
          name: MODEL,
          namespace,
          labels,
          creationTimestamp: '2026-01-01T00:00:00Z',
        },
        spec: { ports: [{ name: 'http', port: 8000 }] },
      },
    ],
    '/apis/discovery.k8s.io/v1/endpointslices': endpoints.map((origin, i) => ({
      metadata: {
        name: `${MODEL}-${i}`,
        namespace,
        labels: { ...labels, 'kubernetes.io/service-name': MODEL },
      },
      addressType: 'IPv4',
      ports: [{ name: 'http', port: Number(new URL(origin).port) }],
      endpoints: [
        {
          addresses: [new URL(origin).hostname],
          conditions: { ready: true },
        },
      ],
    })),
    '/api/v1/namespaces/platform/secrets': [
      {
        metadata: {
          name: 'bench',
          labels: { [CREDENTIAL_LABEL]: APPLICATION_KEY },
        },
        data: {
          id: base64('bench-key'),
          hash: base64(createHash('sha256').update(KEY).digest('hex')),
          team: base64('bench'),
          models: base64('["*"]'),
          // Far away, but counted.
          requestsPerMinute: base64('100000000'),
          tokensPerMinute: base64('999999999999'),
          tokensPerDay: base64('999999999999'),
          concurrent: base64('100000'),
        },
      },
    ],
  };
}

/** What the image gives to Node, with the bundle where it lies here. */
function argumentsOfImage(): string[] {
  const dockerfile = readFileSync(path.join(PACKAGE_DIR, 'Dockerfile'), 'utf8');
  const command = /^CMD (\[.*\])$/m.exec(dockerfile)?.[1];
  if (command === undefined) {
    throw new Error('The Dockerfile has no CMD.');
  }
  const [, ...args] = JSON.parse(command) as string[];
  return args.map(argument =>
    argument === 'main.cjs'
      ? path.join(PACKAGE_DIR, 'dist', 'main.cjs')
      : argument,
  );
}

/** The gateway as it is deployed: the built bundle, in a process of its own. */
export class GatewayProcess {
  private constructor(
    readonly running: Running,
    readonly metricsUrl: string,
    private readonly api: FakeApiServer,
    private readonly dir: string,
  ) {}

  /** Builds the bundle, as the image has it. */
  static build(): void {
    execFileSync(process.execPath, ['build.mjs'], {
      cwd: PACKAGE_DIR,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  static async start(options: {
    endpoints: string[];
    /** Where its log goes; nowhere unless given. */
    logFile?: string;
    env?: Record<string, string>;
    /** Flags for Node itself. */
    nodeArgs?: string[];
  }): Promise<GatewayProcess> {
    const dir = mkdtempSync(path.join(tmpdir(), 'gateway-'));
    const api = await FakeApiServer.start(clusterWith(options.endpoints));
    const kubeconfig = path.join(dir, 'kubeconfig');
    writeFileSync(kubeconfig, api.kubeconfig());
    const [port, metricsPort] = await freePorts(2);
    const url = `http://127.0.0.1:${port}`;
    const log = openSync(options.logFile ?? devNull, 'a');
    try {
      const running = await startProgram(
        process.execPath,
        [...(options.nodeArgs ?? []), ...argumentsOfImage()],
        {
          env: {
            PATH: process.env.PATH,
            NODE_ENV: 'production',
            KUBECONFIG: kubeconfig,
            HOST: '127.0.0.1',
            PORT: `${port}`,
            METRICS_PORT: `${metricsPort}`,
            DRAIN_DELAY_SECONDS: '0',
            GRACE_SECONDS: '5',
            ...options.env,
          },
          stdout: log,
          url,
          readyUrl: `${url}/ready`,
        },
      );
      return new GatewayProcess(
        running,
        `http://127.0.0.1:${metricsPort}/metrics`,
        api,
        dir,
      );
    } catch (error) {
      await api.stop();
      rmSync(dir, { recursive: true });
      throw error;
    } finally {
      closeSync(log);
    }
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await this.api.stop();
    rmSync(this.dir, { recursive: true });
  }
}
