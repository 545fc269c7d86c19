import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** The control plane's ports on 127.0.0.1. @public */
export interface ControlPlanePorts {
  etcdClient: number;
  etcdPeer: number;
  apiserver: number;
  controllerManager: number;
  scheduler: number;
}

const NAMES = [
  'etcdClient',
  'etcdPeer',
  'apiserver',
  'controllerManager',
  'scheduler',
] as const;

/**
 * Below the range that the kernel takes outgoing ports from and below the
 * NodePorts, so that a port that was free stays free over a restart.
 */
const FIRST_PORT = 20_000;
const PORTS_PER_INSTANCE = 500;

/**
 * The ports of this state directory: picked free at the first start and kept,
 * so that a kubeconfig handed out stays valid. One that somebody else has
 * taken meanwhile is picked again.
 */
export async function choosePorts(
  stateDir: string,
  instance: number,
): Promise<ControlPlanePorts> {
  const file = path.join(stateDir, 'ports.json');
  const kept = readPorts(file);
  const chosen: Partial<ControlPlanePorts> = {};
  const taken = new Set<number>();
  let next = FIRST_PORT + instance * PORTS_PER_INSTANCE;
  for (const name of NAMES) {
    let port = kept[name];
    while (port === undefined || taken.has(port) || !(await isFree(port))) {
      port = next;
      next += 1;
      if (port > 29_999) {
        throw new Error(
          'No free port between 20000 and 29999 on 127.0.0.1 for the control plane',
        );
      }
    }
    taken.add(port);
    chosen[name] = port;
  }
  const ports = chosen as ControlPlanePorts;
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(ports, undefined, 2)}\n`);
  return ports;
}

function readPorts(file: string): Partial<ControlPlanePorts> {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Record<
      string,
      unknown
    >;
    return Object.fromEntries(
      NAMES.filter(name => Number.isInteger(value[name])).map(name => [
        name,
        value[name] as number,
      ]),
    );
  } catch {
    return {};
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
