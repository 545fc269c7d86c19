import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { redisProgram } from './redisProgram';

const START_TIMEOUT_MS = 20_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A real Redis of the test's own, with a password, that keeps nothing on disk. */
export class RedisServer {
  readonly password = 'the-password-of-this-test';
  private process: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    private readonly dir: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<RedisServer> {
    const program = await redisProgram();
    const dir = await mkdtemp(path.join(tmpdir(), 'gateway-redis-'));
    const server = new RedisServer(program, dir, await freePort());
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://:${this.password}@127.0.0.1:${this.port}`;
  }

  /** Starts it again, empty, after `kill`. */
  async restart(): Promise<void> {
    const child = spawn(
      this.program,
      [
        ...['--bind', '127.0.0.1', '--port', `${this.port}`],
        ...['--requirepass', this.password, '--dir', this.dir],
        ...['--save', '', '--appendonly', 'no'],
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    this.process = child;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`redis-server did not start:\n${log}`)),
        START_TIMEOUT_MS,
      );
      child.stdout.on('data', chunk => {
        log += chunk;
        if (log.includes('Ready to accept connections')) {
          clearTimeout(timer);
          resolve();
        }
      });
      child.once('error', reject);
      child.once('exit', () =>
        reject(new Error(`redis-server ended:\n${log}`)),
      );
    });
  }

  /** Ends it at once, with everything it knew. */
  async kill(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child && child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
  }

  /** Keeps its connections and answers nothing, until `resume`. */
  pause(): void {
    this.process?.kill('SIGSTOP');
  }

  resume(): void {
    this.process?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.dir, { recursive: true, force: true });
  }
}
