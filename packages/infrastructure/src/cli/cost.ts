import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { costRows, costTable, parsePrices } from '../cost';
import { platformApp } from '../platformApp';
import { InfraOptions } from './options';

/** The cost table of each environment. */
export function cost(
  { accountSettings, environments }: InfraOptions,
  priceFile: string,
): string {
  const prices = parsePrices(JSON.parse(readFileSync(priceFile, 'utf8')));
  if (prices.region !== accountSettings.region) {
    throw new Error(
      `${priceFile} has the prices of ${prices.region}, not of ${accountSettings.region}: give another file by --prices`,
    );
  }
  const outdir = mkdtempSync(path.join(tmpdir(), 'infra-cost-'));
  try {
    const { app, registry, ...platform } = platformApp({
      accountSettings,
      environments,
      app: { outdir, context: { 'aws:cdk:disable-asset-staging': true } },
    });
    const assembly = app.synth();
    return environments
      .map(settings => {
        const stacks = { registry, ...platform.environments[settings.name] };
        const rows = costRows(
          new Map(
            Object.entries(stacks).map(([step, stack]) => [
              step,
              assembly.getStackArtifact(stack.artifactId).template,
            ]),
          ),
          settings.nodeGroups,
          prices,
        );
        return `${settings.name}, USD per month, ${
          prices.region
        }\n\n${costTable(rows)}\n`;
      })
      .join('\n');
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
