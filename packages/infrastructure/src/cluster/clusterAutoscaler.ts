import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Cluster, HelmChart } from 'aws-cdk-lib/aws-eks-v2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { addons } from '@llm-platform/platform';
import { Construct } from 'constructs';
import { accountOf, acknowledge } from '../nag';
import { EnvironmentSettings, kubernetesVersions } from '../settings';
import { associate, podRole } from './podRole';

const NAME = 'cluster-autoscaler';
const CHART_VERSION = '9.59.0';
const WHO = { namespace: 'kube-system', serviceAccount: NAME };

/**
 * Adds nodes for pods that find no room, GPU nodes from none at all, and takes
 * away those that nothing needs. It finds the node groups by the tags that EKS
 * gives them, and their labels and taints by asking EKS.
 *
 * @public
 */
export function clusterAutoscaler(
  scope: Construct,
  cluster: Cluster,
  clusterName: string,
  settings: EnvironmentSettings,
): HelmChart {
  const stack = Stack.of(scope);
  const role = podRole(scope, 'AutoscalerRole', {
    ...WHO,
    statements: [
      new PolicyStatement({
        actions: [
          'autoscaling:DescribeAutoScalingGroups',
          'autoscaling:DescribeAutoScalingInstances',
          'autoscaling:DescribeLaunchConfigurations',
          'autoscaling:DescribeScalingActivities',
          'autoscaling:DescribeTags',
          'ec2:DescribeImages',
          'ec2:DescribeInstanceTypes',
          'ec2:DescribeLaunchTemplateVersions',
          'ec2:GetInstanceTypesFromInstanceRequirements',
        ],
        resources: ['*'],
      }),
      new PolicyStatement({
        actions: ['eks:DescribeNodegroup'],
        resources: [
          stack.formatArn({
            service: 'eks',
            resource: 'nodegroup',
            resourceName: `${clusterName}/*`,
            arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
          }),
        ],
      }),
      new PolicyStatement({
        actions: [
          'autoscaling:SetDesiredCapacity',
          'autoscaling:TerminateInstanceInAutoScalingGroup',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]:
              'owned',
          },
        },
      }),
    ],
  });
  acknowledge(
    role,
    "What describes has no resources; what changes is limited to this cluster's groups by their tag; node groups have generated ids.",
    'IAM5[Resource::*]',
    `IAM5[Resource::arn:<AWS::Partition>:eks:${stack.region}:${accountOf(
      scope,
    )}:nodegroup/${clusterName}/*]`,
  );
  const association = associate(scope, 'AutoscalerAssociation', {
    ...WHO,
    clusterName: cluster.clusterName,
    role,
  });
  const [workload] = addons.find(({ name }) => name === NAME)?.workloads ?? [];
  const chart = new HelmChart(scope, 'Autoscaler', {
    cluster,
    repository: 'https://kubernetes.github.io/autoscaler',
    chart: NAME,
    version: CHART_VERSION,
    release: NAME,
    namespace: WHO.namespace,
    wait: true,
    values: {
      fullnameOverride: NAME,
      awsRegion: stack.region,
      autoDiscovery: { clusterName },
      image: {
        tag: kubernetesVersions[settings.kubernetesVersion].clusterAutoscaler,
      },
      rbac: { serviceAccount: { create: true, name: WHO.serviceAccount } },
      extraArgs: {
        expander: 'least-waste',
        'skip-nodes-with-system-pods': false,
      },
      resources: { requests: workload.requests },
    },
  });
  chart.node.addDependency(association);
  return chart;
}
