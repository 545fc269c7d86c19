import {
  AlbController,
  AlbControllerVersion,
  Cluster,
} from 'aws-cdk-lib/aws-eks-v2';
import { addons } from '@llm-platform/platform';
import { Construct } from 'constructs';
import { acknowledge } from '../nag';

const NAME = 'aws-load-balancer-controller';

/** Makes load balancers of the Ingresses of gateway and portal. @public */
export function loadBalancerController(
  scope: Construct,
  cluster: Cluster,
): AlbController {
  const [workload] = addons.find(({ name }) => name === NAME)?.workloads ?? [];
  const controller = new AlbController(scope, 'LoadBalancers', {
    cluster,
    version: AlbControllerVersion.V3_2_2,
    // The same image for every region.
    repository: `public.ecr.aws/eks/${NAME}`,
    additionalHelmChartValues: {
      resources: { requests: workload.requests },
    },
  });
  acknowledge(
    controller,
    "The controller's published policy: what it changes is limited to load balancers with the tag of a cluster.",
    'IAM5[Resource::*]',
    ...[
      'ec2:*:*:security-group/*',
      ...[
        'targetgroup/*/*',
        'loadbalancer/net/*/*',
        'loadbalancer/app/*/*',
        'listener/net/*/*/*',
        'listener/app/*/*/*',
        'listener-rule/net/*/*/*',
        'listener-rule/app/*/*/*',
      ].map(resource => `elasticloadbalancing:*:*:${resource}`),
    ].map(resource => `IAM5[Resource::arn:<AWS::Partition>:${resource}]`),
  );
  return controller;
}
