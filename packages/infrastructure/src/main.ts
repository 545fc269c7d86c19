import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkSettings } from '@llm-platform/platform';
import { USAGE, readInfraOptions } from './cli/options';

/** `yarn infra:synth`, `yarn infra:cost`: the command is the first argument. */
async function main(): Promise<void> {
  const [command, ...args] = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const settingsFile = path.join(
    packageDir('@llm-platform/platform'),
    'settings/settings.yaml',
  );
  const { settings } = checkSettings(readFileSync(settingsFile, 'utf8'));
  const options = readInfraOptions(args, settings);
  const here = packageDir('@llm-platform/infrastructure');
  // CDK takes seconds to load: not before the options are known to be right.
  if (command === 'synth') {
    const { synth } = await import('./cli/synth');
    const out = path.resolve(options.out ?? path.join(here, 'dist/cdk.out'));
    process.stdout.write(`${synth(options, out)}\n`);
  } else if (command === 'cost') {
    const { cost } = await import('./cli/cost');
    const prices = path.resolve(
      options.prices ?? path.join(here, 'prices.json'),
    );
    process.stdout.write(`${cost(options, prices)}`);
  } else {
    throw new Error(`There is no command "${command}"`);
  }
}

function packageDir(name: string): string {
  return path.dirname(require.resolve(`${name}/package.json`));
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n  --help lists the options\n`);
  process.exitCode = 1;
});
