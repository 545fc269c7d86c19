import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { outputOf } from './commands.mjs';
import { UserError } from './errors.mjs';

/**
 * Finds a context of the user's kubeconfig, or says which there are.
 *
 * @returns {Promise<{context: string, kubeconfig: string}>}
 */
export async function findContext(context) {
  const files = kubeconfigFiles();
  const existing = files.filter(file => existsSync(file));
  if (existing.length === 0) {
    throw new UserError(
      `There is no kubeconfig at ${files.join(' or ')}.`,
      'Set KUBECONFIG to yours, or leave --context out to use the embedded cluster.',
    );
  }
  const known = [];
  for (const file of existing) {
    const names = await contextsOf(file);
    if (names.includes(context)) {
      return { context, kubeconfig: file };
    }
    known.push(...names);
  }
  throw new UserError(
    `The kubeconfig (${existing.join(', ')}) has no context "${context}".`,
    known.length > 0
      ? `It has: ${known.join(', ')}`
      : 'It has no contexts at all.',
  );
}

function kubeconfigFiles() {
  const fromEnv = (process.env.KUBECONFIG ?? '')
    .split(path.delimiter)
    .filter(Boolean);
  return fromEnv.length > 0
    ? fromEnv.map(file => path.resolve(file))
    : [path.join(homedir(), '.kube', 'config')];
}

async function contextsOf(file) {
  const listed = await outputOf(
    'kubectl',
    ['config', 'get-contexts', '--output=name'],
    { env: { ...process.env, KUBECONFIG: file } },
  );
  return listed === undefined
    ? parseContextNames(readFileSync(file, 'utf8'))
    : listed.split('\n').filter(Boolean);
}

/**
 * The names under `contexts:` of a kubeconfig, in the block style in which
 * kubectl and the clouds' tools write it, or in JSON. Used only where there
 * is no kubectl: this script has no YAML parser at hand.
 */
export function parseContextNames(text) {
  if (text.trimStart().startsWith('{')) {
    return (JSON.parse(text).contexts ?? []).map(entry => entry.name);
  }
  const names = [];
  let inContexts = false;
  let itemIndent;
  for (const line of text.split('\n')) {
    if (/^[A-Za-z]/.test(line)) {
      inContexts = /^contexts:\s*$/.test(line);
      itemIndent = undefined;
      continue;
    }
    if (!inContexts) {
      continue;
    }
    const dash = /^(\s*- +)/.exec(line);
    if (dash && (itemIndent === undefined || dash[1].length <= itemIndent)) {
      itemIndent = dash[1].length;
    }
    const key = /^(\s*(?:- +)?)name:\s*(.+?)\s*$/.exec(line);
    if (key && key[1].length === itemIndent) {
      names.push(key[2].replace(/^(["'])(.*)\1$/, '$2'));
    }
  }
  return names;
}
