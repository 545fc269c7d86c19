import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CustomResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AddonStates } from '../addon-state';
import { acknowledge, awsPolicy } from '../nag';
import { podRole } from './podRole';

/** @public */
export interface EksAddons {
  /** To be there before the first node. */
  beforeNodes: CustomResource[];
  /** To have nodes to run on. */
  afterNodes: CustomResource[];
}

/** The add-ons that EKS manages, in their wanted state. @public */
export function eksAddons(
  scope: Construct,
  states: AddonStates,
  tags: Record<string, string>,
): EksAddons {
  const cniRole = addonRole(
    scope,
    'CniRole',
    'aws-node',
    'AmazonEKS_CNI_Policy',
  );
  const csiRole = addonRole(
    scope,
    'CsiRole',
    'ebs-csi-controller-sa',
    'service-role/AmazonEBSCSIDriverPolicy',
  );
  return {
    beforeNodes: [
      states.add('eks-pod-identity-agent'),
      states.add('vpc-cni', {
        // Without it NetworkPolicies are accepted and do nothing.
        configuration: { enableNetworkPolicy: 'true' },
        podRoles: [{ serviceAccount: 'aws-node', role: cniRole }],
      }),
      states.add('kube-proxy'),
    ],
    afterNodes: [
      states.add('coredns'),
      states.add('aws-ebs-csi-driver', {
        // Volumes of claims are to be found on the bill.
        configuration: { controller: { extraVolumeTags: tags } },
        podRoles: [{ serviceAccount: 'ebs-csi-controller-sa', role: csiRole }],
      }),
    ],
  };
}

function addonRole(
  scope: Construct,
  id: string,
  serviceAccount: string,
  policy: string,
) {
  const role = podRole(scope, id, {
    namespace: 'kube-system',
    serviceAccount,
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(policy)],
  });
  acknowledge(
    role,
    "AWS keeps this policy in step with its add-on's versions.",
    `IAM4[${awsPolicy(policy)}]`,
  );
  return role;
}
