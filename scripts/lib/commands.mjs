import { execFile } from 'node:child_process';

/**
 * The output of a short command, or undefined when it isn't there or fails.
 * @returns {Promise<string | undefined>}
 */
export function outputOf(command, args, options = {}) {
  return new Promise(resolve => {
    execFile(
      command,
      args,
      { timeout: 20_000, maxBuffer: 16 * 1024 * 1024, ...options },
      (error, stdout) => resolve(error ? undefined : stdout.trim()),
    );
  });
}
