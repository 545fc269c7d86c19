import { App, AppProps, Stack, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ClusterStack } from './cluster';
import { FoundationStack } from './foundation';
import { NetworkStack } from './network';
import { RegistryStack } from './registry';
import { AccountSettings, EnvironmentSettings } from './settings';
import { WorkloadsStack } from './workloads';

/** @public */
export interface PlatformAppProps {
  accountSettings: AccountSettings;
  /** Each gets stacks of its own; the registry is one for all. */
  environments: readonly EnvironmentSettings[];
  app?: AppProps;
}

/** The stacks of one environment, in the order of their deployment. @public */
export interface EnvironmentStacks {
  foundation: FoundationStack;
  network: NetworkStack;
  cluster: ClusterStack;
  workloads: WorkloadsStack;
}

/** The app and its stacks. @public */
export interface PlatformApp {
  app: App;
  registry: RegistryStack;
  environments: Record<string, EnvironmentStacks>;
}

/** Everything in AWS, checked by AwsSolutions when it is synthesised. @public */
export function platformApp(props: PlatformAppProps): PlatformApp {
  const { accountSettings } = props;
  const app = new App({
    ...props.app,
    context: {
      // What CloudFormation would refuse, and what AwsSolutions finds, is an
      // error here and now.
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      ...props.app?.context,
    },
  });
  const env = {
    account: accountSettings.account,
    region: accountSettings.region,
  };
  const registry = new RegistryStack(app, 'llm-platform-registry', { env });
  tag(registry, 'shared');

  const environments = Object.fromEntries(
    props.environments.map(settings => {
      const id = (part: string) => `llm-platform-${settings.name}-${part}`;
      const common = { env, settings, accountSettings };
      const foundation = new FoundationStack(app, id('foundation'), common);
      const { key } = foundation;
      const network = new NetworkStack(app, id('network'), {
        ...common,
        region: accountSettings.region,
        key,
      });
      const cluster = new ClusterStack(app, id('cluster'), {
        ...common,
        vpc: network.vpc,
        key,
        terminationProtection: settings.keepData,
      });
      const workloads = new WorkloadsStack(app, id('workloads'), {
        ...common,
        clusterName: cluster.clusterName,
        key,
      });
      const stacks = { foundation, network, cluster, workloads };
      Object.values(stacks).forEach(stack => tag(stack, settings.name));
      return [settings.name, stacks];
    }),
  );
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, registry, environments };
}

/** By which things of the platform are told apart on the bill. */
function tag(stack: Stack, value: string): void {
  Tags.of(stack).add('llm-platform', value);
}
