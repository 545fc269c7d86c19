import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { outputOf } from './commands.mjs';
import { UserError } from './errors.mjs';
import { nodeEnv } from './nodeRuntime.mjs';
import { repoDir } from './paths.mjs';

const YARN = '.yarn/releases/yarn-4.13.0.cjs';
const STAMP = path.join(repoDir, 'node_modules', '.llm-platform-install');

/** The pinned yarn's program file. */
export const yarnFile = path.join(repoDir, YARN);

/** Whether node_modules is what the lock file asks for. */
export function isInstalled() {
  try {
    return readFileSync(STAMP, 'utf8') === installKey();
  } catch {
    return false;
  }
}

/** Installs the packages with the pinned yarn, unless they are there. */
export async function install(children, node, report) {
  if (isInstalled()) {
    report('Packages are installed already');
    return;
  }
  const env = { ...nodeEnv(node), ...(await registrySettings()) };
  try {
    await children.run(
      'install',
      node.binary,
      [yarnFile, 'install', '--immutable'],
      {
        cwd: repoDir,
        env: {
          ...env,
          YARN_ENABLE_PROGRESS_BARS: '0',
          YARN_ENABLE_INLINE_BUILDS: '0',
          YARN_ENABLE_COLORS: '0',
          YARN_ENABLE_HYPERLINKS: '0',
          // node-gyp: as many compilers as there are cores.
          JOBS: 'max',
          // Its own packageManager field is already satisfied.
          COREPACK_ENABLE_STRICT: '0',
        },
        onLine: phaseReporter(report),
      },
    );
  } catch (error) {
    throw new UserError(
      `The packages could not be installed (yarn):\n${
        error.tail === undefined ? error.message : essenceOf(error.tail)
      }`,
      remedyFor(error),
    );
  }
  writeFileSync(STAMP, installKey());
}

/** What yarn complained about: each error once, without its stack traces. */
export function essenceOf(output) {
  const lines = output
    .split('\n')
    .map(line => line.replace(/^➤ (YN\d+): [│┌└· ]*/, '$1 ').trimEnd())
    .filter(line => line && !/^\s+at /.test(line));
  const errors = lines.filter(line => /error|cannot|fail/i.test(line));
  return [...new Set(errors.length > 0 ? errors : lines)]
    .slice(-10)
    .map(line => `  ${line}`)
    .join('\n');
}

/** The way out for what the end of yarn's output shows. */
export function remedyFor(error) {
  const text = error.tail ?? '';
  const log = `The whole log: ${error.logFile}`;
  if (/YN0028|lockfile would have been/.test(text)) {
    return `yarn.lock does not match the package.json files: run "node ${YARN} install" and commit the result. ${log}`;
  }
  if (/ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|RequestError|YN0035/.test(text)) {
    return `It looks like a network problem: check the connection, proxies and "npm config get registry", then start again; what was downloaded is kept. ${log}`;
  }
  if (/YN0009|node-gyp|gyp ERR/.test(text)) {
    return `A native module could not be compiled: Python 3, make and a C++ compiler are needed (Debian: apt-get install -y python3 make g++). ${log}`;
  }
  return log;
}

/** Yarn 4 doesn't read npm's configuration; most companies set it only there. */
async function registrySettings() {
  const settings = {};
  if (process.env.YARN_NPM_REGISTRY_SERVER === undefined) {
    const registry = await outputOf('npm', ['config', 'get', 'registry'], {
      cwd: repoDir,
    });
    // Yarn has a default of its own: one machine, one registry.
    if (registry && /^https?:\/\//.test(registry)) {
      settings.YARN_NPM_REGISTRY_SERVER = registry.replace(/\/$/, '');
      const url = new URL(registry);
      if (url.protocol === 'http:') {
        settings.YARN_UNSAFE_HTTP_WHITELIST = url.hostname;
      }
    }
  }
  if (process.env.YARN_HTTPS_CA_FILE_PATH === undefined) {
    const caFile = await outputOf('npm', ['config', 'get', 'cafile'], {
      cwd: repoDir,
    });
    if (caFile && caFile !== 'null' && existsSync(caFile)) {
      settings.YARN_HTTPS_CA_FILE_PATH = caFile;
    }
  }
  return settings;
}

/** Yarn prints thousands of lines; its phases are what people want to see. */
function phaseReporter(report) {
  let builds = 0;
  return line => {
    const phase = /┌ (.+ step)/.exec(line)?.[1];
    if (phase) {
      report(phase);
    }
    const built = /YN0007.*│ (\S+?)@/.exec(line)?.[1];
    if (built) {
      builds += 1;
      report(`Install script ${builds}: ${built}`);
    }
  };
}

/** What decides the content of node_modules. */
function installKey() {
  const hash = createHash('sha256');
  for (const file of ['yarn.lock', '.yarnrc.yml', 'package.json']) {
    hash.update(readFileSync(path.join(repoDir, file)));
  }
  for (const parent of ['packages', 'plugins', 'services']) {
    for (const name of readdirSync(path.join(repoDir, parent)).sort()) {
      const file = path.join(repoDir, parent, name, 'package.json');
      if (existsSync(file)) {
        hash.update(`${parent}/${name}`);
      }
    }
  }
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}
