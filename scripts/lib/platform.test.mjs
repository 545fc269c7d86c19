import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyToContext } from './platform.mjs';

const CLUSTER = { context: 'c', kubeconfig: '/k' };

/** Children that only write down what they were to run. */
function recorder(fail = () => undefined) {
  const commands = [];
  return {
    commands,
    run: async (_name, program, args, { env }) => {
      commands.push([program, ...args].join(' '));
      assert.equal(env.KUBECONFIG, CLUSTER.kubeconfig);
      const error = fail(args, commands);
      if (error) {
        throw error;
      }
    },
  };
}

test('applies the overlay dev to the context, and leaves Grafana its password', async () => {
  const children = recorder();
  await applyToContext(children, CLUSTER, () => {});
  assert.equal(children.commands.length, 2);
  assert.match(
    children.commands[0],
    /^kubectl --context c apply -k .*overlays\/dev --server-side/,
  );
  assert.match(children.commands[1], /get secret grafana-secrets/);
});

test('makes a random password where there is none, and not by an argument', async () => {
  const passwords = [];
  let file;
  const children = recorder(args => {
    if (args.includes('get')) {
      return new Error('NotFound');
    }
    file = args.at(-1).split('=')[2] ?? file;
    if (args.includes('create')) {
      passwords.push(readFileSync(file, 'utf8'));
    }
    return undefined;
  });
  await applyToContext(children, CLUSTER, () => {});
  await applyToContext(children, CLUSTER, () => {});
  assert.equal(passwords.length, 2);
  assert.notEqual(passwords[0], passwords[1]);
  for (const password of passwords) {
    assert.ok(password.length >= 32);
    assert.ok(children.commands.every(line => !line.includes(password)));
  }
  assert.equal(existsSync(file), false);
});

test('says where the settings are when they are missing', async () => {
  const children = recorder(() =>
    Object.assign(new Error('kubectl failed'), {
      tail: 'error: fieldPath `data.registry` is missing for replacement source ConfigMap/platform-settings',
      logFile: '/log',
    }),
  );
  await assert.rejects(
    applyToContext(children, CLUSTER, () => {}),
    error => {
      assert.match(error.message, /data\.registry/);
      assert.match(
        error.message,
        /packages\/platform\/settings\/settings\.yaml/,
      );
      return true;
    },
  );
});
