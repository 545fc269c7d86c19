import { parseArgs } from 'node:util';
import { PlatformSettings } from '@llm-platform/platform';
import {
  AccountSettings,
  AwsEnvironmentName,
  EnvironmentSettings,
  accountOfRegistry,
  environmentSettings,
  parseAccountSettings,
  parseKubernetesVersion,
} from '../settings';

/** @public */
export const USAGE = `Usage: yarn infra:synth | yarn infra:cost [options]

  --environment NAME         dev, staging or prod; may be repeated (all of them)
  --kubernetes-version V     of the cluster (as the environment has it)
  --region REGION            where there is no ECR registry in
                             packages/platform/settings (us-west-2)
  --alarm-email ADDRESS      gets the budget's warnings
  --api-cidr RANGE           may reach the cluster's API from outside; may be
                             repeated (nobody may)
  --admin-arn ARN            role or user that administers the cluster
  --out DIRECTORY            of the templates (packages/infrastructure/dist/cdk.out)
  --prices FILE              of infra:cost (packages/infrastructure/prices.json)`;

/** What was asked for on the command line. @public */
export interface InfraOptions {
  accountSettings: AccountSettings;
  environments: EnvironmentSettings[];
  out?: string;
  prices?: string;
}

/**
 * @param settings - of the platform; account and region of its registry win
 * @throws Error that says which option is wrong, and why
 * @public
 */
export function readInfraOptions(
  args: string[],
  settings: Partial<PlatformSettings>,
): InfraOptions {
  const { values } = parseArgs({
    args,
    options: {
      environment: { type: 'string', multiple: true },
      'kubernetes-version': { type: 'string' },
      region: { type: 'string' },
      'alarm-email': { type: 'string' },
      'api-cidr': { type: 'string', multiple: true },
      'admin-arn': { type: 'string' },
      out: { type: 'string' },
      prices: { type: 'string' },
    },
  });
  const { account, region } = accountOfRegistry(settings.registry);
  if (region && values.region && region !== values.region) {
    throw new Error(
      `--region ${values.region} is not the region of the registry in packages/platform/settings (${region})`,
    );
  }
  const version = values['kubernetes-version'];
  const names = values.environment ?? Object.keys(environmentSettings);
  return {
    accountSettings: parseAccountSettings({
      account,
      region: region ?? values.region ?? 'us-west-2',
      alarmEmail: values['alarm-email'],
      apiCidrs: values['api-cidr'] ?? [],
      adminArn: values['admin-arn'],
    }),
    environments: names.map(name => ({
      ...environmentNamed(name),
      ...(version && { kubernetesVersion: parseKubernetesVersion(version) }),
    })),
    out: values.out,
    prices: values.prices,
  };
}

function environmentNamed(name: string): EnvironmentSettings {
  if (!Object.hasOwn(environmentSettings, name)) {
    throw new Error(
      `There is no environment "${name}" in AWS: there are ${Object.keys(
        environmentSettings,
      ).join(', ')}`,
    );
  }
  return environmentSettings[name as AwsEnvironmentName];
}
