import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BatchedOutput } from './BatchedOutput';

describe('BatchedOutput', () => {
  let dir: string;
  let file: string;
  let fd: number;
  let output: BatchedOutput;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'output-'));
    file = path.join(dir, 'log');
    fd = openSync(file, 'w');
    output = new BatchedOutput(fd);
  });

  afterEach(() => {
    closeSync(fd);
    rmSync(dir, { recursive: true });
  });

  const written = () => readFileSync(file, 'utf8');

  async function waitUntil(holds: () => boolean) {
    while (!holds()) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  it('writes a line that no other follows', async () => {
    output.write('größer\n');
    expect(written()).toBe('');
    await waitUntil(() => written() !== '');
    expect(written()).toBe('größer\n');
  });

  it('keeps every line and their order, whenever it writes', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, i) => `${i} ${'ü'.repeat(i % 50)}\n`,
    );
    for (const [i, line] of lines.entries()) {
      output.write(line);
      if (i % 700 === 0) {
        await new Promise(resolve => setTimeout(resolve, 2));
      }
    }
    const all = lines.join('');
    await waitUntil(() => written().length >= all.length);
    expect(written()).toBe(all);
  });

  it('has written all after flushSync', () => {
    const line = `${'x'.repeat(1000)}\n`;
    for (let i = 0; i < 20; i += 1) {
      output.write(line);
    }
    output.flushSync();
    expect(written()).toBe(line.repeat(20));
  });
});
