import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const PACKAGE = path.dirname(
  require.resolve('@llm-platform/infrastructure/package.json'),
);
const FOLDER = path.join(PACKAGE, 'src/addon-state');

/**
 * The handler as one file, without AWS's SDK, which Lambda has. It lies in a
 * folder named for its content, so it is the same until the handler changes.
 */
export function handlerCode(): Code {
  const { outputFiles } = buildSync({
    entryPoints: { index: path.join(FOLDER, 'handler.ts') },
    outdir: 'handler',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node22',
    external: ['@aws-sdk/*'],
    // No paths of this machine.
    absWorkingDir: FOLDER,
  });
  const [{ contents }] = outputFiles;
  const hash = createHash('sha256').update(contents).digest('hex');
  const folder = path.join(PACKAGE, 'dist/addon-state', hash.slice(0, 16));
  const file = path.join(folder, 'index.js');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    // Whole or not there, for whoever synthesises at the same time.
    const partial = `${folder}.${process.pid}`;
    writeFileSync(partial, contents);
    renameSync(partial, file);
  }
  return Code.fromAsset(folder);
}
