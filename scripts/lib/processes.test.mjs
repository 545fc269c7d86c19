import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { StoppedError } from './errors.mjs';
import {
  Children,
  claimRecord,
  isAlive,
  liveRecords,
  terminate,
  writeRecord,
} from './processes.mjs';

function workspace(t) {
  const dir = mkdtempSync(path.join(tmpdir(), 'children-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const runDir = path.join(dir, 'run');
  return {
    runDir,
    children: new Children({ runDir, logDir: path.join(dir, 'logs') }),
  };
}

const FOREVER = ['-e', 'setInterval(() => {}, 1000)'];

test('a failure carries the end of the log', async t => {
  const { children } = workspace(t);
  const error = await children
    .run('broken', process.execPath, [
      '-e',
      'console.error("why"); process.exit(3)',
    ])
    .then(
      () => undefined,
      reason => reason,
    );

  assert.match(error.message, /exit code 3/);
  assert.equal(error.tail, 'why');
  assert.equal(readFileSync(error.logFile, 'utf8'), 'why\n');
});

test('everything that was started ends together', async t => {
  const { children, runDir } = workspace(t);
  children.start('one', process.execPath, FOREVER);
  children.start('two', process.execPath, FOREVER);
  const records = liveRecords(runDir);
  assert.deepEqual(records.map(r => r.name).sort(), ['one', 'two']);

  await children.stopAll(['two']);

  assert.ok(records.every(record => !isAlive(record)));
  assert.deepEqual(liveRecords(runDir), []);
});

test('a later start finds what a killed one left, and can end it', async t => {
  const { children, runDir } = workspace(t);
  children.start('left', process.execPath, FOREVER);

  const [record] = liveRecords(runDir);
  await terminate(record, 5_000);

  assert.equal(isAlive(record), false);
});

test('nothing is started any more once all is ending', async t => {
  const { children, runDir } = workspace(t);
  await children.stopAll();

  assert.throws(
    () => children.start('late', process.execPath, FOREVER),
    StoppedError,
  );
  await assert.rejects(
    children.run('late', process.execPath, FOREVER),
    StoppedError,
  );
  assert.deepEqual(liveRecords(runDir), []);
});

test('a record belongs to one living process', t => {
  const { children, runDir } = workspace(t);
  const { pid } = children.start('other', process.execPath, FOREVER);
  t.after(() => children.stopAll());
  writeRecord(runDir, 'launcher', pid);

  assert.equal(claimRecord(runDir, 'launcher').pid, pid);

  const stale = { name: 'launcher', pid, startTime: 'another' };
  writeFileSync(path.join(runDir, 'launcher.pid.json'), JSON.stringify(stale));
  assert.equal(claimRecord(runDir, 'launcher'), undefined);
  assert.ok(liveRecords(runDir).some(record => record.pid === process.pid));
});
