import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const FOLDER = path.join(
  path.dirname(require.resolve('@llm-platform/infrastructure/package.json')),
  'src/addon-state',
);

/**
 * The handler as one file, without AWS's SDK, which Lambda has. Its hash is of
 * what is in it, so it stays the same until the handler changes.
 */
export function handlerCode(): Code {
  const outdir = mkdtempSync(path.join(tmpdir(), 'addon-state-'));
  buildSync({
    entryPoints: { index: path.join(FOLDER, 'handler.ts') },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node22',
    external: ['@aws-sdk/*'],
    // No paths of this machine.
    absWorkingDir: FOLDER,
  });
  return Code.fromAsset(outdir);
}
