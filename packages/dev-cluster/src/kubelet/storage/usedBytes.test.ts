import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createUsage } from './usedBytes';

const MIB = 1024 * 1024;

describe('what a directory holds', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'llmp-usage-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('is counted with all that lies below, and again after a minute', async () => {
    let now = 0;
    const usage = createUsage(() => now);
    mkdirSync(path.join(dir, 'a/b'), { recursive: true });
    writeFileSync(path.join(dir, 'a/b/one'), Buffer.alloc(MIB, 1));
    const first = await usage.usedBytes(dir);
    expect(first).toBeGreaterThanOrEqual(MIB);
    expect(first).toBeLessThan(2 * MIB);

    writeFileSync(path.join(dir, 'two'), Buffer.alloc(MIB, 1));
    expect(await usage.usedBytes(dir)).toBe(first);
    now += 61_000;
    expect(await usage.usedBytes(dir)).toBeGreaterThanOrEqual(2 * MIB);
  });

  it('is nothing where there is none', async () => {
    expect(await createUsage().usedBytes(path.join(dir, 'none'))).toBe(0);
  });
});
