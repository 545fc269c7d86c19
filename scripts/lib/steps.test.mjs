import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Steps } from './steps.mjs';

test('the file tells how far the start is', async t => {
  const dir = mkdtempSync(path.join(tmpdir(), 'steps-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const file = path.join(dir, 'bootstrap.json');
  const read = () => JSON.parse(readFileSync(file, 'utf8'));
  const steps = new Steps(file, [
    { id: 'one', title: 'One' },
    { id: 'two', title: 'Two' },
    { id: 'three', title: 'Three' },
  ]);

  await steps.run('one', async report => {
    report('half way');
    assert.equal(read()[0].status, 'running');
    assert.equal(read()[0].message, 'half way');
  });
  await assert.rejects(
    steps.run('two', async () => {
      throw new Error('it broke\nwith a long story');
    }),
  );
  // A second look at what is done changes nothing.
  steps.update('one', { status: 'running' });

  const [one, two, three] = read();
  assert.equal(one.status, 'done');
  assert.ok(Date.parse(one.finishedAt) >= Date.parse(one.startedAt));
  assert.equal(two.status, 'failed');
  assert.equal(two.message, 'it broke');
  assert.deepEqual(three, { id: 'three', title: 'Three', status: 'pending' });
});
