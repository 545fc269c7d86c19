import { ArnFormat, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Effect, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as Lambda,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { accountOf, acknowledge, awsPolicy } from '../nag';
import { handlerCode } from './handlerCode';
import { WantedAddon } from './types';

/** @public */
export interface AddonStatesProps {
  clusterName: string;
  kubernetesVersion: string;
  logGroup: LogGroup;
}

/**
 * Add-ons of a cluster that are brought to a wanted state, whether or not they
 * are there already. CloudFormation's own `AWS::EKS::Addon` can only create,
 * and fails where one exists (incident 28).
 *
 * @public
 */
export class AddonStates extends Construct {
  private readonly provider: Provider;
  private readonly function: Lambda;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AddonStatesProps,
  ) {
    super(scope, id);
    const stack = Stack.of(this);
    const eksArn = (resource: string, resourceName: string) =>
      stack.formatArn({
        service: 'eks',
        resource,
        resourceName,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
    const { clusterName, logGroup } = props;

    this.function = new Lambda(this, 'Handler', {
      description: `Brings add-ons of ${clusterName} to their state`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: handlerCode(),
      handler: 'index.handler',
      // The longest there is; an add-on takes one to three minutes.
      timeout: Duration.minutes(15),
      memorySize: 256,
      logGroup,
    });
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: [
          'eks:CreateAddon',
          'eks:UpdateAddon',
          'eks:DeleteAddon',
          'eks:DescribeAddon',
          'eks:CreatePodIdentityAssociation',
          'eks:UpdatePodIdentityAssociation',
          'eks:DeletePodIdentityAssociation',
          'eks:DescribePodIdentityAssociation',
          'eks:ListPodIdentityAssociations',
        ],
        resources: [
          eksArn('cluster', clusterName),
          eksArn('addon', `${clusterName}/*`),
          eksArn('podidentityassociation', `${clusterName}/*`),
        ],
      }),
    );
    this.function.addToRolePolicy(
      // Has no resource to be limited to.
      new PolicyStatement({
        actions: ['eks:DescribeAddonVersions'],
        resources: ['*'],
      }),
    );
    this.provider = new Provider(this, 'Provider', {
      onEventHandler: this.function,
      logGroup,
    });
    acknowledge(
      this,
      "Writes its log; CDK's framework invokes the handler in all its versions.",
      `IAM4[${awsPolicy('service-role/AWSLambdaBasicExecutionRole')}]`,
      'IAM5[Resource::<AddonsHandler8A9BEC71.Arn>:*]',
    );
    acknowledge(
      this,
      'Add-ons and associations have generated ids below the name of this one cluster; versions are public.',
      ...['addon', 'podidentityassociation'].map(
        resource =>
          `IAM5[Resource::arn:<AWS::Partition>:eks:${stack.region}:${accountOf(
            this,
          )}:${resource}/${clusterName}/*]`,
      ),
      'IAM5[Resource::*]',
    );
  }

  /** One add-on; the handler may hand exactly these roles to EKS. */
  add(
    addonName: string,
    options: {
      configuration?: Record<string, unknown>;
      podRoles?: Array<{ serviceAccount: string; role: IRole }>;
    } = {},
  ): CustomResource {
    const { configuration = {}, podRoles = [] } = options;
    for (const { role } of podRoles) {
      this.function.addToRolePolicy(
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['iam:PassRole', 'iam:GetRole'],
          resources: [role.roleArn],
        }),
      );
    }
    const wanted: WantedAddon = {
      clusterName: this.props.clusterName,
      addonName,
      kubernetesVersion: this.props.kubernetesVersion,
      configuration,
      podRoles: podRoles.map(({ serviceAccount, role }) => ({
        serviceAccount,
        roleArn: role.roleArn,
      })),
    };
    return new CustomResource(this, addonName, {
      serviceToken: this.provider.serviceToken,
      resourceType: 'Custom::EksAddonState',
      properties: { Wanted: Stack.of(this).toJsonString(wanted) },
    });
  }
}
