import {
  EnvironmentName,
  NodeGroup,
  environments,
} from '@llm-platform/platform';
import { KubernetesVersion } from './kubernetesVersion';

/** The environments that are in AWS. @public */
export type AwsEnvironmentName = Exclude<EnvironmentName, 'embedded'>;

/** Interface endpoints that a network may have, by the service's short name. @public */
export type EndpointName =
  | 'ecr.api'
  | 'ecr.dkr'
  | 'sts'
  | 'eks-auth'
  | 'ec2'
  | 'logs'
  | 'autoscaling'
  | 'elasticloadbalancing'
  | 'sagemaker.runtime';

/** What differs between environments. @public */
export interface EnvironmentSettings {
  name: AwsEnvironmentName;
  kubernetesVersion: KubernetesVersion;
  vpcCidr: string;
  /** One is cheap; one in each zone goes on when a zone is lost. */
  natGateways: 1 | 3;
  /** S3 and its images' layers go by a gateway endpoint in any case, free of charge. */
  interfaceEndpoints: readonly EndpointName[];
  /** Of logs in CloudWatch, days. */
  logRetentionDays: 30 | 90 | 365;
  monthlyBudgetUsd: number;
  /** Keys and buckets stay when their stack is deleted. */
  keepData: boolean;
  nodeGroups: readonly NodeGroup[];
}

/** @public */
export const environmentSettings: Readonly<
  Record<AwsEnvironmentName, EnvironmentSettings>
> = {
  dev: {
    name: 'dev',
    kubernetesVersion: '1.35',
    vpcCidr: '10.10.0.0/16',
    natGateways: 1,
    interfaceEndpoints: ['ecr.api', 'ecr.dkr'],
    logRetentionDays: 30,
    monthlyBudgetUsd: 800,
    keepData: false,
    nodeGroups: environments.dev.nodeGroups,
  },
  staging: {
    name: 'staging',
    kubernetesVersion: '1.35',
    vpcCidr: '10.20.0.0/16',
    natGateways: 1,
    interfaceEndpoints: ['ecr.api', 'ecr.dkr'],
    logRetentionDays: 90,
    monthlyBudgetUsd: 800,
    keepData: false,
    nodeGroups: environments.staging.nodeGroups,
  },
  prod: {
    name: 'prod',
    kubernetesVersion: '1.35',
    vpcCidr: '10.30.0.0/16',
    natGateways: 3,
    interfaceEndpoints: [
      'ecr.api',
      'ecr.dkr',
      'sts',
      'eks-auth',
      'ec2',
      'logs',
      'autoscaling',
      'elasticloadbalancing',
      'sagemaker.runtime',
    ],
    logRetentionDays: 365,
    monthlyBudgetUsd: 2500,
    keepData: true,
    nodeGroups: environments.prod.nodeGroups,
  },
};
