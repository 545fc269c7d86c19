import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openContainerLog, readContainerLog } from './containerLog';
import { renderRecord, selectRecords } from './record';

describe('a container’s log', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'llmp-log-'));
  let number = 0;
  const fresh = () => {
    number += 1;
    return path.join(dir, 'container', `${number}.log`);
  };
  const texts = (file: string) =>
    readContainerLog(file).map(r => `${r.stream}: ${r.text}`);
  afterAll(() => rmSync(dir, { recursive: true }));

  it('keeps lines whole across chunks, by stream', () => {
    const file = fresh();
    const log = openContainerLog(file);
    log.write('stdout', Buffer.from('one\ntw'));
    log.write('stderr', Buffer.from('oops\n'));
    const euro = Buffer.from('o €\n');
    log.write('stdout', euro.subarray(0, 3));
    log.write('stdout', euro.subarray(3));
    log.write('stdout', Buffer.from('no newline'));
    log.end();
    expect(texts(file)).toEqual([
      'stdout: one',
      'stderr: oops',
      'stdout: two €',
      'stdout: no newline',
    ]);
  });

  it('cuts endless lines into records, which read as one again', () => {
    const file = fresh();
    const log = openContainerLog(file);
    const line = 'x'.repeat(40_000);
    log.write('stdout', Buffer.from(`${line}\n`));
    log.end();
    const records = readContainerLog(file);
    expect(records.map(r => r.partial)).toEqual([true, true, false]);
    expect(records.map(r => renderRecord(r)).join('')).toBe(`${line}\n`);
    expect(selectRecords(records, { tailLines: 1 })).toHaveLength(3);
  });

  it('keeps one old file when it gets too long', () => {
    const file = fresh();
    const log = openContainerLog(file, { maxBytes: 200 });
    for (let i = 0; i < 20; i += 1) {
      log.write('stdout', Buffer.from(`line ${i}\n`));
    }
    log.end();
    expect(existsSync(`${file}.1`)).toBe(true);
    const kept = texts(file);
    expect(kept.at(-1)).toBe('stdout: line 19');
    expect(kept.length).toBeLessThan(20);
  });

  it('ends with one line when the disk refuses, and throws nothing', () => {
    const said: string[] = [];
    const file = fresh();
    const log = openContainerLog(file, {
      maxBytes: 50,
      onFailure: message => said.push(message),
    });
    log.write('stdout', Buffer.from('first\n'));
    // Nothing can be renamed to where a directory with content is.
    mkdirSync(path.join(`${file}.1`, 'taken'), { recursive: true });
    for (let i = 0; i < 3; i += 1) {
      log.write('stdout', Buffer.from('more than fits beside the first\n'));
    }
    log.end();
    expect(said).toEqual([expect.stringContaining('Logging ends: ')]);
    expect(texts(file)).toEqual(['stdout: first']);
  });

  it('passes on what comes, until the run is over', () => {
    const file = fresh();
    const log = openContainerLog(file);
    log.write('stdout', Buffer.from('before\n'));
    const seen: string[] = [];
    log.follow(
      r => seen.push(r.text),
      () => seen.push('end'),
    );
    log.write('stdout', Buffer.from('after\n'));
    log.end();
    expect(seen).toEqual(['after', 'end']);
    log.follow(
      () => seen.push('never'),
      () => seen.push('end at once'),
    );
    expect(seen.at(-1)).toBe('end at once');
  });

  it('selects by lines and time', () => {
    const records = [1, 2, 3].map(n => ({
      time: `2026-01-01T00:00:0${n}.000Z`,
      stream: 'stdout' as const,
      partial: false,
      text: `line ${n}`,
    }));
    const select = (selection: Parameters<typeof selectRecords>[1]) =>
      selectRecords(records, selection).map(r => r.text);
    expect(select({})).toHaveLength(3);
    expect(select({ tailLines: 2 })).toEqual(['line 2', 'line 3']);
    expect(select({ tailLines: 0 })).toEqual([]);
    expect(select({ sinceTime: new Date('2026-01-01T00:00:03Z') })).toEqual([
      'line 3',
    ]);
    expect(renderRecord(records[0], true)).toBe(
      '2026-01-01T00:00:01.000Z line 1\n',
    );
  });
});
