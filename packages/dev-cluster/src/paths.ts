import { homedir } from 'node:os';
import path from 'node:path';

/** The highest instance number: each takes its own loopback prefix. @public */
export const MAX_INSTANCE = 9;

/**
 * Where one embedded cluster keeps its data: `$LLM_PLATFORM_HOME/instance-N`,
 * by default under `~/.local/share/llm-platform-portal`.
 *
 * @public
 */
export function defaultStateDir(
  instance: number,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const home =
    env.LLM_PLATFORM_HOME ??
    path.join(homedir(), '.local', 'share', 'llm-platform-portal');
  return path.join(path.resolve(home), `instance-${instance}`);
}

/**
 * Where what every instance shares is kept: binaries, the model file, a Node.
 *
 * @public
 */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(
    env.LLM_PLATFORM_CACHE ??
      path.join(homedir(), '.cache', 'llm-platform-portal'),
  );
}

/** Throws for anything but a whole number from 0 to 9. @public */
export function checkInstance(instance: number): number {
  if (!Number.isInteger(instance) || instance < 0 || instance > MAX_INSTANCE) {
    throw new Error(
      `The instance must be a whole number from 0 to ${MAX_INSTANCE}, not ${instance}`,
    );
  }
  return instance;
}

/**
 * The address NodePorts listen on: 127.0.0.1 for the first instance, an own
 * loopback address for the others, so that their ports never meet.
 *
 * @public
 */
export function nodePortAddress(instance: number): string {
  return instance === 0 ? '127.0.0.1' : `127.0.0.${1 + instance}`;
}

/** The name under which the process that runs a cluster is recorded. @public */
export const CLUSTER_RECORD = 'dev-cluster';

/** Where the processes of a state directory are recorded. @public */
export function runDir(stateDir: string): string {
  return path.join(stateDir, 'run');
}

/** Where the images are kept that were built for one cluster. @public */
export function imageStoreDir(stateDir: string): string {
  return path.join(stateDir, 'images');
}
