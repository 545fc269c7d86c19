// Bundles the gateway into one file that runs on Node 22 with nothing beside it.
import { build } from 'esbuild';

await build({
  entryPoints: { main: 'src/main.ts', 'gateway-key': 'src/keys/cli.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  legalComments: 'linked',
  logLevel: 'info',
});
