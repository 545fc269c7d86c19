import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const repoDir = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** Where one embedded cluster and its portal keep their data. */
export function stateDirOf(instance) {
  const home =
    process.env.LLM_PLATFORM_HOME ??
    path.join(homedir(), '.local', 'share', 'llm-platform-portal');
  return path.join(path.resolve(home), `instance-${instance}`);
}

/** Where what is built or downloaded once per user is kept. */
export function cacheDir() {
  return path.resolve(
    process.env.LLM_PLATFORM_CACHE ??
      path.join(homedir(), '.cache', 'llm-platform-portal'),
  );
}

/** The address of NodePorts: every instance has its own, see dev-cluster. */
export function nodePortAddress(instance) {
  return instance === 0 ? '127.0.0.1' : `127.0.0.${1 + instance}`;
}
