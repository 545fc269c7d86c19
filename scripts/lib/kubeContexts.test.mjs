import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseContextNames } from './kubeContexts.mjs';

test('finds the contexts of a kubeconfig as kubectl writes it', () => {
  const text = `apiVersion: v1
clusters:
- cluster:
    server: https://example.com
  name: not-a-context
contexts:
- context:
    cluster: a
    user: name
  name: arn:aws:eks:us-west-2:123456789012:cluster/prod
- name: "kind-dev"
  context: {cluster: b, user: b}
current-context: kind-dev
users:
- name: not-a-context-either
`;
  assert.deepEqual(parseContextNames(text), [
    'arn:aws:eks:us-west-2:123456789012:cluster/prod',
    'kind-dev',
  ]);
});

test('finds them when the list is indented', () => {
  const text = `contexts:
  - context:
      cluster: a
      namespace: name
    name: one
  - context:
      cluster: b
    name: 'two'
users: []
`;
  assert.deepEqual(parseContextNames(text), ['one', 'two']);
});

test('reads JSON too', () => {
  const text = JSON.stringify({ contexts: [{ name: 'one', context: {} }] });
  assert.deepEqual(parseContextNames(text), ['one']);
});

test('finds none in an empty kubeconfig', () => {
  assert.deepEqual(parseContextNames('apiVersion: v1\ncontexts: []\n'), []);
});
