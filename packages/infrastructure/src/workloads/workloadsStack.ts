import { ArnFormat, CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import {
  Effect,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { teamServices } from '@llm-platform/platform';
import { Construct } from 'constructs';
import { associate, podRole } from '../cluster';
import { artefactsBucketName } from '../foundation';
import { accountOf, acknowledge } from '../nag';
import { EnvironmentSettings } from '../settings';

/** AWS's account of deep learning images, for vLLM and LMI containers. */
const IMAGES_ACCOUNT = '763104351884';

/** @public */
export interface WorkloadsProps extends StackProps {
  settings: EnvironmentSettings;
  clusterName: string;
  key: IKey;
}

/**
 * What the team services and their models in SageMaker may do: a service calls
 * its own team's endpoints, `llm-platform-<environment>-<team>-*`, and nothing
 * else; an endpoint reads model artefacts and writes its logs.
 *
 * @public
 */
export class WorkloadsStack extends Stack {
  constructor(scope: Construct, id: string, props: WorkloadsProps) {
    super(scope, id, props);
    const { settings, clusterName } = props;
    for (const { name, namespace, team } of teamServices) {
      const endpoints = `endpoint/llm-platform-${settings.name}-${team}-*`;
      const role = podRole(this, `Role-${name}`, {
        namespace,
        serviceAccount: name,
        statements: [
          new PolicyStatement({
            actions: ['sagemaker:InvokeEndpoint'],
            resources: [this.arn('sagemaker', endpoints)],
          }),
        ],
      });
      acknowledge(
        role,
        "Any endpoint of the team, by the team's prefix.",
        `IAM5[Resource::arn:<AWS::Partition>:sagemaker:${
          this.region
        }:${accountOf(this)}:${endpoints}]`,
      );
      associate(this, `Association-${name}`, {
        clusterName,
        namespace,
        serviceAccount: name,
        role,
      });
    }
    this.executionRole(props);
  }

  /** What a model in SageMaker runs as. */
  private executionRole({ settings, key }: WorkloadsProps): void {
    const artefacts = this.formatArn({
      service: 's3',
      region: '',
      account: '',
      resource: artefactsBucketName(settings, this.account),
    });
    const role = new Role(this, 'SageMakerExecution', {
      description: `Models of the LLM platform in SageMaker, ${settings.name}`,
      assumedBy: new ServicePrincipal('sagemaker.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    const logs = `log-group:/aws/sagemaker/Endpoints/llm-platform-${settings.name}-*`;
    [
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [`${artefacts}/models/*`],
      }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [artefacts],
        conditions: { StringLike: { 's3:prefix': 'models/*' } },
      }),
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [key.keyArn],
      }),
      new PolicyStatement({
        actions: ['ecr:GetAuthorizationToken'],
        resources: ['*'],
      }),
      new PolicyStatement({
        actions: [
          'ecr:BatchGetImage',
          'ecr:BatchCheckLayerAvailability',
          'ecr:GetDownloadUrlForLayer',
        ],
        resources: [
          this.formatArn({
            service: 'ecr',
            account: IMAGES_ACCOUNT,
            resource: 'repository',
            resourceName: '*',
          }),
        ],
      }),
      new PolicyStatement({
        actions: [
          'logs:CreateLogGroup',
          'logs:CreateLogStream',
          'logs:PutLogEvents',
          'logs:DescribeLogStreams',
        ],
        resources: [this.arn('logs', logs)],
      }),
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        conditions: {
          StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' },
        },
      }),
    ].forEach(statement => role.addToPolicy(statement));
    acknowledge(
      role,
      "Artefacts below models/, AWS's own model images, and logs of endpoints that are named later; tokens and metrics have no resources.",
      'IAM5[Resource::*]',
      `IAM5[Resource::arn:<AWS::Partition>:s3:::${artefactsBucketName(
        settings,
        accountOf(this),
      )}/models/*]`,
      `IAM5[Resource::arn:<AWS::Partition>:ecr:${this.region}:${IMAGES_ACCOUNT}:repository/*]`,
      `IAM5[Resource::arn:<AWS::Partition>:logs:${this.region}:${accountOf(
        this,
      )}:${logs}]`,
    );
    new CfnOutput(this, 'SageMakerRoleArn', { value: role.roleArn });
  }

  private arn(service: string, resource: string): string {
    return this.formatArn({
      service,
      resource,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
  }
}
