import assert from 'node:assert/strict';
import { test } from 'node:test';
import { essenceOf, remedyFor } from './install.mjs';

const OFFLINE = `➤ YN0000: ┌ Fetch step
➤ YN0001: │ RequestError: connect ECONNREFUSED 127.0.0.1:9
    at ClientRequest.<anonymous> (yarn.cjs:146:14258)
    at Object.onceWrapper (node:events:634:26)
➤ YN0001: │ RequestError: connect ECONNREFUSED 127.0.0.1:9
    at ClientRequest.<anonymous> (yarn.cjs:146:14258)
➤ YN0000: └ Completed in 10s 891ms
➤ YN0000: · Failed with errors in 12s 558ms`;

test('a failed install is told without stack traces and repetitions', () => {
  assert.equal(
    essenceOf(OFFLINE),
    '  YN0001 RequestError: connect ECONNREFUSED 127.0.0.1:9\n  YN0000 Failed with errors in 12s 558ms',
  );
  assert.equal(essenceOf('no complaint here'), '  no complaint here');
});

test('a failed install names the way out', () => {
  for (const [tail, remedy] of [
    [OFFLINE, /network problem/],
    ["➤ YN0009: │ better-sqlite3 couldn't be built", /C\+\+ compiler/],
    [
      '➤ YN0028: │ The lockfile would have been modified',
      /yarn\.lock does not/,
    ],
    ['something else', /^The whole log: \/log$/],
  ]) {
    assert.match(remedyFor({ tail, logFile: '/log' }), remedy);
  }
});
