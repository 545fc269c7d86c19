import { CfnOutput, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-eks-v2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AddonStates } from '../addon-state';
import { AccountSettings, EnvironmentSettings } from '../settings';
import { eksAddons } from './addons';
import { clusterAutoscaler } from './clusterAutoscaler';
import { controlPlane } from './controlPlane';
import { loadBalancerController } from './loadBalancerController';
import { managedNodeGroup, nodeRole } from './nodeGroups';
import { declaredStorageClasses } from './storageClasses';

/** @public */
export interface ClusterProps extends StackProps {
  settings: EnvironmentSettings;
  accountSettings: AccountSettings;
  vpc: IVpc;
  key: IKey;
}

/**
 * The cluster, whole: control plane, network add-ons, nodes, the add-ons that
 * need nodes, and last what is applied to it.
 *
 * @public
 */
export class ClusterStack extends Stack {
  readonly clusterName: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id, props);
    const { settings } = props;
    const name = `llm-platform-${settings.name}`;

    const cluster = controlPlane(this, { ...props, name });
    const states = new AddonStates(this, 'Addons', {
      clusterName: name,
      kubernetesVersion: settings.kubernetesVersion,
      logGroup: new LogGroup(this, 'AddonLogs', {
        encryptionKey: props.key,
        retention: settings.logRetentionDays,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    const addons = eksAddons(this, states, { 'llm-platform': settings.name });
    const role = nodeRole(this);
    const groups = settings.nodeGroups.map(group =>
      managedNodeGroup(cluster, group, role),
    );
    const installed = [
      declaredStorageClasses(this, cluster),
      clusterAutoscaler(this, cluster, name, settings),
      loadBalancerController(this, cluster),
    ];

    for (const addon of addons.beforeNodes) {
      // The cluster itself; its node groups are constructs below it.
      addon.node.addDependency(cluster.node.defaultChild!);
      groups.forEach(group => group.node.addDependency(addon));
    }
    for (const addon of addons.afterNodes) {
      addon.node.addDependency(...groups);
      installed.forEach(object => object.node.addDependency(addon));
    }

    this.clusterName = cluster.clusterName;
    this.outputs(cluster, name);
  }

  private outputs(cluster: Cluster, name: string): void {
    new CfnOutput(this, 'Kubeconfig', {
      description: 'Writes the context that npm start -- --context takes',
      value: `aws eks update-kubeconfig --region ${this.region} --name ${name} --alias ${name}`,
    });
    new CfnOutput(this, 'ClusterArn', { value: cluster.clusterArn });
  }
}
