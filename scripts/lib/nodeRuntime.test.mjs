import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSuitable } from './nodeRuntime.mjs';
import { atLeast, parseVersion } from './versions.mjs';

for (const [version, suitable] of [
  ['v20.20.2', false],
  ['v22.17.1', false],
  ['v22.18.0', true],
  ['v22.23.3', true],
  ['v23.5.0', false],
  ['v24.18.9', true],
  ['v24.19.0', false],
  ['v25.0.0', false],
]) {
  test(`Node ${version} is ${suitable ? '' : 'not '}used`, () => {
    assert.equal(isSuitable(version), suitable);
  });
}

test('compares versions by their numbers', () => {
  assert.deepEqual(parseVersion('go1.26.8'), [1, 26, 8]);
  assert.deepEqual(parseVersion('go1.27rc1'), [1, 27, 0]);
  assert.equal(parseVersion('devel'), undefined);
  assert.equal(atLeast([1, 26, 0], [1, 26, 0]), true);
  assert.equal(atLeast([1, 9, 9], [1, 26, 0]), false);
  assert.equal(atLeast([2, 0, 0], [1, 26, 0]), true);
});
