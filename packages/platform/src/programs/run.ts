import { execFile } from 'node:child_process';

/** Lines that a program printed when it failed, none when it was content. */
export function complaints(
  program: string,
  args: string[],
  options: { cwd?: string } = {},
): Promise<string[]> {
  return new Promise(resolve => {
    execFile(
      program,
      args,
      { ...options, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve(
          error
            ? `${stdout}\n${stderr}`.split('\n').filter(line => line.trim())
            : [],
        ),
    );
  });
}
