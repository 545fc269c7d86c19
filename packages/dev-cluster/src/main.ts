import path from 'node:path';
import { createProgram } from './cli';

const repoDir = path.resolve(__dirname, '../../..');

createProgram(repoDir)
  .parseAsync()
  .catch(error => {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  });
