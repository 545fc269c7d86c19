import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';
import { nodeEnv } from './nodeRuntime.mjs';
import { repoDir } from './paths.mjs';

const APP = path.join(repoDir, 'packages/app');
const STAMP = path.join(APP, 'dist', '.llm-platform-build');
const CLI = path.join(repoDir, 'node_modules/@backstage/cli/bin/backstage-cli');

/** Builds the portal's pages, unless they are built from these sources. */
export async function buildApp(children, node, report) {
  const key = sourcesKey();
  if (
    existsSync(path.join(APP, 'dist/index.html')) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === key
  ) {
    report('Built from these sources already');
    return;
  }
  try {
    await children.run('app-build', node.binary, [CLI, 'package', 'build'], {
      cwd: APP,
      env: { ...nodeEnv(node), NODE_ENV: 'production', CI: '' },
    });
  } catch (error) {
    throw new UserError(
      `The portal's pages could not be built:\n${error.tail ?? error.message}`,
      `The whole log: ${error.logFile}`,
    );
  }
  writeFileSync(STAMP, key);
}

/** A hash of all that decides what the bundle holds. */
function sourcesKey() {
  const hash = createHash('sha256');
  const add = file => {
    hash.update(path.relative(repoDir, file)).update('\0');
    hash.update(readFileSync(file)).update('\0');
  };
  add(path.join(repoDir, 'yarn.lock'));
  for (const name of readdirSync(repoDir).sort()) {
    // Config decides which plugins are bundled and what the page may see.
    if (/^app-config.*\.yaml$/.test(name)) {
      add(path.join(repoDir, name));
    }
  }
  const roots = [APP];
  for (const name of readdirSync(path.join(repoDir, 'plugins')).sort()) {
    roots.push(path.join(repoDir, 'plugins', name));
  }
  for (const root of roots) {
    for (const part of ['package.json', 'config.d.ts', 'src', 'public']) {
      walk(path.join(root, part), add);
    }
  }
  return hash.digest('hex');
}

function walk(entry, add) {
  if (!existsSync(entry)) {
    return;
  }
  let children;
  try {
    children = readdirSync(entry, { withFileTypes: true });
  } catch {
    add(entry);
    return;
  }
  for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(entry, child.name);
    if (child.isDirectory()) {
      walk(file, add);
    } else if (child.isFile() && !/\.test\.tsx?$/.test(child.name)) {
      add(file);
    }
  }
}
