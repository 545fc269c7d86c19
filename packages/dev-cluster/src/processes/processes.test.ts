import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startChild } from './child';
import { isAlive, processStartTime } from './identity';
import { endLeftOvers } from './leftOvers';
import { liveRecord, liveRecords, writeRecord } from './records';

function sleeper(script = 'setInterval(() => {}, 1000)') {
  const child = spawn(process.execPath, ['-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = new Promise<NodeJS.Signals | null>(resolve =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  return { child, pid: child.pid as number, exited };
}

describe('processes', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'processes-'));
  });

  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('tells a process from a later one with the same pid', () => {
    const startTime = processStartTime(process.pid);

    expect(isAlive({ pid: process.pid, startTime: String(startTime) })).toBe(
      true,
    );
    expect(isAlive({ pid: process.pid, startTime: '1' })).toBe(false);
  });

  it('forgets what has ended or was never written whole', () => {
    writeRecord(dir, 'self', process.pid);
    writeFileSync(
      path.join(dir, 'gone.pid.json'),
      JSON.stringify({ name: 'gone', pid: process.pid, startTime: '1' }),
    );
    writeFileSync(path.join(dir, 'cut.pid.json'), '{"pid": 1');

    expect(liveRecords(dir).map(record => record.name)).toEqual(['self']);
    expect(liveRecord(dir, 'gone')).toBeUndefined();
  });

  it('ends what a killed launcher left, but not the caller', async () => {
    const left = sleeper();
    writeRecord(dir, 'etcd', left.pid);
    writeRecord(dir, 'dev-cluster', process.pid);

    await endLeftOvers(dir);

    expect(await left.exited).toBe('SIGTERM');
    expect(liveRecords(dir).map(record => record.name)).toEqual([
      'dev-cluster',
    ]);
  });

  it('starts a crashed child again, until it is stopped', async () => {
    const counter = path.join(dir, 'starts');
    writeFileSync(counter, '');
    const reasons: string[] = [];
    const restarted = new Promise<void>(resolve => {
      const poll = setInterval(() => {
        if (readFileSync(counter, 'utf8').length >= 2) {
          clearInterval(poll);
          resolve();
        }
      }, 20);
    });
    const child = startChild({
      name: 'crashing',
      command: process.execPath,
      args: [
        '-e',
        `require('fs').appendFileSync(${JSON.stringify(counter)}, 'x'); ` +
          `console.log('I was here'); process.exit(3)`,
      ],
      logDir: dir,
      runDir: dir,
      onUnexpectedExit: reason => reasons.push(reason),
    });

    await restarted;
    await child.stop();

    expect(reasons[0]).toBe('exit code 3');
    expect(readFileSync(child.logFile, 'utf8')).toContain('I was here');
    expect(liveRecords(dir)).toEqual([]);
  });

  it('reports a program that is not there instead of throwing', async () => {
    const reason = await new Promise<string>(resolve => {
      const child = startChild({
        name: 'missing',
        command: path.join(dir, 'missing'),
        args: [],
        logDir: dir,
        runDir: dir,
        onUnexpectedExit: why => {
          void child.stop();
          resolve(why);
        },
      });
    });

    expect(reason).toContain('ENOENT');
  });
});
