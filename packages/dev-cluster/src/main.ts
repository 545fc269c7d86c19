import { createProgram } from './cli';
import { findRepoDir } from './repoDir';

createProgram(findRepoDir())
  .parseAsync()
  .catch(error => {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  })
  .finally(() => {
    // An open channel to the launcher would keep this process alive.
    if (process.connected) {
      process.disconnect();
    }
  });
