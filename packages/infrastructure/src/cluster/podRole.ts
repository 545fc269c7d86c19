import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import {
  IManagedPolicy,
  PolicyStatement,
  Role,
  ServicePrincipal,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Whose pods a role is for. @public */
export interface PodRoleProps {
  namespace: string;
  serviceAccount: string;
  managedPolicies?: IManagedPolicy[];
  statements?: PolicyStatement[];
}

/**
 * A role that EKS Pod Identity gives to the pods of one service account, and
 * to no other: its trust names them.
 *
 * @public
 */
export function podRole(
  scope: Construct,
  id: string,
  props: PodRoleProps,
): Role {
  const { namespace, serviceAccount, managedPolicies, statements = [] } = props;
  const role = new Role(scope, id, {
    description: `Pods of ${namespace}/${serviceAccount}`,
    assumedBy: new SessionTagsPrincipal(
      new ServicePrincipal('pods.eks.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:RequestTag/kubernetes-namespace': namespace,
            'aws:RequestTag/kubernetes-service-account': serviceAccount,
          },
        },
      }),
    ),
    managedPolicies,
  });
  statements.forEach(statement => role.addToPolicy(statement));
  return role;
}

/** Gives a role to a service account's pods. @public */
export function associate(
  scope: Construct,
  id: string,
  options: Pick<PodRoleProps, 'namespace' | 'serviceAccount'> & {
    clusterName: string;
    role: Role;
  },
): CfnPodIdentityAssociation {
  const { clusterName, namespace, serviceAccount, role } = options;
  return new CfnPodIdentityAssociation(scope, id, {
    clusterName,
    namespace,
    serviceAccount,
    roleArn: role.roleArn,
  });
}
