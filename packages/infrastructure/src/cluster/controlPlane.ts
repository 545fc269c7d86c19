import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import {
  AccessPolicy,
  AccessScopeType,
  CfnCluster,
  Cluster,
  ClusterLoggingTypes,
  DefaultCapacityType,
  EndpointAccess,
  OidcProviderNative,
} from 'aws-cdk-lib/aws-eks-v2';
import { IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge, awsPolicy } from '../nag';
import {
  AccountSettings,
  EnvironmentSettings,
  kubernetesVersions,
} from '../settings';

/** @public */
export interface ControlPlaneProps {
  name: string;
  settings: EnvironmentSettings;
  accountSettings: AccountSettings;
  vpc: IVpc;
  key: IKey;
}

/** With an OIDC provider that CloudFormation makes, not a function of CDK's. */
class PlatformCluster extends Cluster {
  private oidc?: OidcProviderNative;

  override get openIdConnectProvider(): OidcProviderNative {
    this.oidc ??= new OidcProviderNative(this, 'Oidc', {
      url: this.clusterOpenIdConnectIssuerUrl,
    });
    return this.oidc;
  }
}

/** The cluster without nodes and add-ons. @public */
export function controlPlane(
  scope: Construct,
  props: ControlPlaneProps,
): Cluster {
  const { name, settings, accountSettings, vpc, key } = props;
  const { apiCidrs, adminArn } = accountSettings;

  // EKS would make it itself, without a key and to be kept for ever.
  const logs = new LogGroup(scope, 'ControlPlaneLogs', {
    logGroupName: `/aws/eks/${name}/cluster`,
    encryptionKey: key,
    retention: settings.logRetentionDays,
    removalPolicy: settings.keepData
      ? RemovalPolicy.RETAIN
      : RemovalPolicy.DESTROY,
  });

  const cluster = new PlatformCluster(scope, 'Cluster', {
    clusterName: name,
    version: kubernetesVersions[settings.kubernetesVersion].eks,
    vpc,
    vpcSubnets: [{ subnetType: SubnetType.PRIVATE_WITH_EGRESS }],
    endpointAccess:
      apiCidrs.length > 0
        ? EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(...apiCidrs)
        : EndpointAccess.PRIVATE,
    secretsEncryptionKey: key,
    clusterLogging: [
      ClusterLoggingTypes.API,
      ClusterLoggingTypes.AUDIT,
      ClusterLoggingTypes.AUTHENTICATOR,
      ClusterLoggingTypes.CONTROLLER_MANAGER,
      ClusterLoggingTypes.SCHEDULER,
    ],
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    // Each of them is an add-on of ours, in a state of ours.
    bootstrapSelfManagedAddons: false,
    kubectlProviderOptions: {
      // One minor version more or less than the cluster's is supported.
      kubectlLayer: new KubectlV35Layer(scope, 'Kubectl'),
    },
    prune: false,
  });
  cluster.node.addDependency(logs);
  const resource = cluster.node.defaultChild as CfnCluster;
  // Past its standard support a version costs six times as much: upgrade.
  resource.upgradePolicy = { supportType: 'STANDARD' };
  resource.deletionProtection = settings.keepData;

  acknowledge(
    cluster.role,
    'What EKS asks for.',
    `IAM4[${awsPolicy('AmazonEKSClusterPolicy')}]`,
  );
  acknowledge(
    cluster.node.findChild('KubectlProvider'),
    "CDK's own functions, as they are: CDK chooses their runtime and policies.",
    'L1',
    ...[
      'service-role/AWSLambdaBasicExecutionRole',
      'service-role/AWSLambdaVPCAccessExecutionRole',
      'AmazonEC2ContainerRegistryReadOnly',
    ].map(policy => `IAM4[${awsPolicy(policy)}]`),
    'IAM4[Policy::{"Fn::If":["ClusterKubectlProviderHandlerHasEcrPublic69E09706",{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":iam::aws:policy/AmazonElasticContainerRegistryPublicReadOnly"]]},{"Ref":"AWS::NoValue"}]}]',
    'IAM5[Resource::<ClusterKubectlProviderHandler2E05C68A.Arn>:*]',
  );

  if (adminArn) {
    cluster.grantAccess('Administrator', adminArn, [
      AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', {
        accessScopeType: AccessScopeType.CLUSTER,
      }),
    ]);
  }
  if (apiCidrs.length > 0) {
    acknowledge(
      cluster,
      `Reachable from ${apiCidrs.join(', ')} only, as asked for by name.`,
      'EKS1',
    );
  }
  return cluster;
}
