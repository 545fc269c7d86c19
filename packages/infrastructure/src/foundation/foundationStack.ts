import { ArnFormat, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../nag';
import { AccountSettings, EnvironmentSettings } from '../settings';
import { BudgetAlarm } from './budgetAlarm';

/** @public */
export interface FoundationProps extends StackProps {
  settings: EnvironmentSettings;
  accountSettings: AccountSettings;
}

/**
 * What costs next to nothing and everything else needs: the key, the bucket of
 * model artefacts, and the alarm, which is there before anything expensive is.
 *
 * @public
 */
export class FoundationStack extends Stack {
  /** Encrypts secrets in etcd, logs, artefacts and the alarm's topic. */
  readonly key: Key;

  constructor(scope: Construct, id: string, props: FoundationProps) {
    super(scope, id, props);
    const { settings } = props;
    const removalPolicy = settings.keepData
      ? RemovalPolicy.RETAIN
      : RemovalPolicy.DESTROY;

    this.key = new Key(this, 'Key', {
      alias: `llm-platform-${settings.name}`,
      description: `LLM platform, ${settings.name}`,
      enableKeyRotation: true,
      removalPolicy,
    });
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${this.region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': this.formatArn({
              service: 'logs',
              resource: '*',
              arnFormat: ArnFormat.NO_RESOURCE_NAME,
            }),
          },
        },
      }),
    );

    const artefacts = new Bucket(this, 'Artefacts', {
      bucketName: artefactsBucketName(settings, this.account),
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy,
    });
    acknowledge(
      artefacts,
      'Read by one role only; CloudTrail data events can be switched on where reads are to be told apart.',
      'S1',
    );

    new BudgetAlarm(this, 'Budget', {
      environment: settings.name,
      monthlyUsd: settings.monthlyBudgetUsd,
      email: props.accountSettings.alarmEmail,
      key: this.key,
    });
  }
}

/** Bucket of the model artefacts for SageMaker, which are under `models/`. @public */
export function artefactsBucketName(
  { name }: EnvironmentSettings,
  account: string,
): string {
  return `llm-platform-${name}-artefacts-${account}`;
}
