import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';
import { cacheDir } from './paths.mjs';
import { atLeast, parseVersion } from './versions.mjs';

/** The Node that is brought when the machine's is another one. */
const NODE_VERSION = '22.23.3';

/**
 * Backstage wants 22 or 24; 24.19 and newer abort with better-sqlite3 12.
 * 22.18 is the first that runs TypeScript without a flag.
 */
export function isSuitable(version) {
  const v = parseVersion(version);
  return (
    v !== undefined &&
    ((v[0] === 22 && atLeast(v, [22, 18, 0])) ||
      (v[0] === 24 && !atLeast(v, [24, 19, 0])))
  );
}

/** Whether native modules can be compiled against this Node offline. */
function headersDir(nodeBinary) {
  const prefix = path.resolve(path.dirname(nodeBinary), '..');
  return existsSync(path.join(prefix, 'include', 'node', 'node.h'))
    ? prefix
    : undefined;
}

/**
 * The Node that everything else runs with: the machine's when it suits, else
 * one from the npm registry, where it is a plain package.
 *
 * @returns {Promise<{binary: string, prefix: string, brought: boolean}>}
 */
export async function ensureNode(children, report) {
  const own = headersDir(process.execPath);
  if (isSuitable(process.version) && own) {
    return { binary: process.execPath, prefix: own, brought: false };
  }
  const name = `node-${process.platform}-${process.arch}`;
  const dir = path.join(cacheDir(), `node-${NODE_VERSION}`);
  const prefix = path.join(dir, 'node_modules', name);
  const binary = path.join(prefix, 'bin', 'node');
  const complete = existsSync(path.join(prefix, 'package.json'));
  if (!complete || !existsSync(binary)) {
    report(
      `This is Node ${process.version}; getting ${NODE_VERSION} from the npm registry`,
    );
    mkdirSync(dir, { recursive: true });
    try {
      await children.run('node-download', 'npm', [
        'install',
        '--no-save',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-package-lock',
        '--prefix',
        dir,
        `${name}@${NODE_VERSION}`,
      ]);
    } catch (error) {
      throw new UserError(
        `Node ${NODE_VERSION} could not be had from the npm registry:\n${
          error.tail ?? error.message
        }`,
        `Check the network and "npm config get registry" (log: ${error.logFile}), or run this with Node 22.18 or newer of the 22 line.`,
      );
    }
  }
  return { binary, prefix, brought: true };
}

/** The environment of everything that runs with that Node. */
export function nodeEnv(node) {
  const env = {
    ...process.env,
    PATH: `${path.dirname(node.binary)}${path.delimiter}${process.env.PATH}`,
    npm_config_nodedir: node.prefix,
  };
  // Set by npm for its own scripts; they would point yarn at the wrong ones.
  delete env.npm_execpath;
  delete env.npm_node_execpath;
  return env;
}
