import path from 'node:path';
import { platformApp } from '../platformApp';
import { InfraOptions } from './options';

/** Writes the templates and returns what to deploy, in its order. */
export function synth(
  { accountSettings, environments }: InfraOptions,
  outdir: string,
): string {
  const { app } = platformApp({
    accountSettings,
    environments,
    app: { outdir },
  });
  const assembly = app.synth();
  const directory = path.relative(process.cwd(), assembly.directory) || '.';
  return [
    `Templates of ${accountSettings.account ?? 'any account'}, ${
      accountSettings.region
    }, are in ${directory}; to deploy, in this order:`,
    ...assembly.stacks.map(
      ({ stackName }) =>
        `  npx aws-cdk deploy --app ${directory} --exclusively ${stackName}`,
    ),
  ].join('\n');
}
