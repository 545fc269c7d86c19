import { ArgumentError, readServerArguments } from './arguments';
import { readEnvironment } from './environment';
import { loadTextEngine } from './loadTextEngine';
import { runModelServer, RunningModelServer } from './runModelServer';
import { printStartFailure, StartFailure, VllmLog } from './startup';

/** Less than a pod's usual grace period of 30 s, so that exit code 0 is seen. */
const GRACE_MS = 25_000;

const write = (line: string) => {
  process.stdout.write(`${line}\n`);
};

/** Ends the process once everything written has left it. */
function exit(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.exit(code));
}

function printFailure(error: unknown): void {
  const log = new VllmLog({ write, now: () => new Date(), pid: process.pid });
  if (error instanceof StartFailure) {
    printStartFailure(log, error);
    return;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  log.raw(
    'APIServer',
    code === 'EADDRINUSE'
      ? `OSError: [Errno 98] Address already in use (${message})`
      : `RuntimeError: ${message}`,
  );
}

async function main(): Promise<void> {
  let running: RunningModelServer | undefined;
  let stopping = false;
  const stop = () => {
    if (stopping) {
      return;
    }
    stopping = true;
    if (!running) {
      exit(143);
      return;
    }
    running.stop(GRACE_MS).then(
      () => exit(0),
      () => exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    running = await runModelServer({
      args: readServerArguments(process.argv.slice(2)),
      environment: readEnvironment(process.env),
      env: process.env,
      write,
      loadEngine: loadTextEngine,
    });
  } catch (error) {
    if (error instanceof ArgumentError) {
      process.stderr.write(`${error.toUsageText()}\n`);
      exit(2);
      return;
    }
    printFailure(error);
    exit(1);
  }
}

main();
