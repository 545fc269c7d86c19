import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openContainerLog, readContainerLog } from '../logs';
import { OWNER_VARIABLE, endOrphans } from './orphans';
import { startProcess } from './process';

const FOREVER = 'setInterval(() => {}, 1000); console.log("up")';

describe('pod processes', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'llmp-process-'));
  const recordDir = path.join(dir, 'run');
  afterAll(() => rmSync(dir, { recursive: true }));
  let number = 0;

  function start(argv: string[], env: Record<string, string> = {}) {
    number += 1;
    const file = path.join(dir, `${number}.log`);
    const log = openContainerLog(file);
    const up = new Promise<void>(resolve => {
      log.follow(
        () => resolve(),
        () => resolve(),
      );
    });
    const started = startProcess({
      argv,
      env,
      cwd: path.join(dir, 'cwd'),
      log,
      recordDir,
      recordName: `p${number}`,
    });
    return { ...started, up, output: () => readContainerLog(file) };
  }
  const node = (code: string, env?: Record<string, string>) =>
    start([process.execPath, '-e', code], env);

  it('give their exit code and output', async () => {
    const started = node(
      'console.log("out"); console.error("err"); process.exit(3)',
    );
    await expect(started.exited).resolves.toEqual({ exitCode: 3 });
    expect(
      started
        .output()
        .map(r => `${r.stream} ${r.text}`)
        .sort(),
    ).toEqual(['stderr err', 'stdout out']);
  });

  it('end by signals with 128 and the signal’s number', async () => {
    const started = node(FOREVER);
    await started.up;
    started.kill();
    await expect(started.exited).resolves.toEqual({ exitCode: 137 });
  });

  it('take what they have started with them', async () => {
    const started = node(
      `const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       child.once('spawn', () => { console.log(child.pid); });
       process.once('SIGTERM', () => process.exit(0));`,
    );
    await started.up;
    const child = Number(started.output()[0].text);
    expect(() => process.kill(child, 0)).not.toThrow();
    started.signal('SIGTERM');
    await expect(started.exited).resolves.toEqual({ exitCode: 0 });
    await gone(child);
  });

  it('say that a program is not there as a runtime would', async () => {
    const started = start([path.join(dir, 'missing')]);
    await expect(started.exited).resolves.toMatchObject({
      exitCode: 128,
      startError: expect.stringContaining('executable file not found in $PATH'),
    });
  });

  it('that a killed agent has left are ended, and no others', async () => {
    const recorded = node(FOREVER);
    const marked = spawn(process.execPath, ['-e', FOREVER], {
      env: { [OWNER_VARIABLE]: 'me' },
      detached: true,
    });
    const other = spawn(process.execPath, ['-e', FOREVER], {
      env: { [OWNER_VARIABLE]: 'other' },
    });
    await Promise.all([
      recorded.up,
      ...[marked, other].map(
        child => new Promise(resolve => child.stdout.once('data', resolve)),
      ),
    ]);
    const ended = new Promise(resolve => marked.once('exit', resolve));

    await expect(endOrphans(recordDir, 'me')).resolves.toBe(2);

    await Promise.all([recorded.exited, ended]);
    expect(other.exitCode).toBeNull();
    other.kill('SIGKILL');
  });
});

/** Waits until a process that isn't our child has gone. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
