import {
  CfnOutput,
  Duration,
  RemovalPolicy,
  Stack,
  StackProps,
} from 'aws-cdk-lib';
import {
  Repository,
  RepositoryEncryption,
  TagMutability,
  TagStatus,
} from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';

/** Images that the platform builds itself, as the manifests name them. */
const IMAGES = ['gateway', 'quant-api', 'finetune-api', 'eval-api', 'portal'];
const KEPT_IMAGES = 30;

/**
 * The registry, one for all environments of an account: what ran in dev is
 * what is deployed to prod, byte by byte.
 *
 * @public
 */
export class RegistryStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    for (const name of IMAGES) {
      new Repository(this, `Repository-${name}`, {
        repositoryName: `llm-platform/${name}`,
        encryption: RepositoryEncryption.KMS,
        imageScanOnPush: true,
        // A tag that was deployed means the same for ever (incident 20).
        imageTagMutability: TagMutability.IMMUTABLE,
        lifecycleRules: [
          {
            description: 'What a push left behind',
            tagStatus: TagStatus.UNTAGGED,
            maxImageAge: Duration.days(7),
          },
          {
            description: 'Enough to go back to',
            tagStatus: TagStatus.ANY,
            maxImageCount: KEPT_IMAGES,
          },
        ],
        removalPolicy: RemovalPolicy.RETAIN,
      });
    }
    new CfnOutput(this, 'Registry', {
      description: 'For packages/platform/settings and yarn images:plan',
      value: `${this.account}.dkr.ecr.${this.region}.${this.urlSuffix}/llm-platform`,
    });
  }
}
