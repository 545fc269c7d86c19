import { Tags } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  InstanceType,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
  SubnetType,
} from 'aws-cdk-lib/aws-ec2';
import {
  CapacityType,
  Cluster,
  Nodegroup,
  NodegroupAmiType,
  TaintEffect,
} from 'aws-cdk-lib/aws-eks-v2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  NodeGroup,
  NvidiaImage,
  StandardImage,
  Taint,
} from '@llm-platform/platform';
import { Construct } from 'constructs';
import { acknowledge, awsPolicy } from '../nag';

interface ImageFacts {
  amiType: NodegroupAmiType;
  /** Device of the volume that images and pods' files are on. */
  dataDevice: string;
}

const IMAGES: Record<StandardImage | NvidiaImage, ImageFacts> = {
  AL2023_x86_64_STANDARD: {
    amiType: NodegroupAmiType.AL2023_X86_64_STANDARD,
    dataDevice: '/dev/xvda',
  },
  AL2023_x86_64_NVIDIA: {
    amiType: NodegroupAmiType.AL2023_X86_64_NVIDIA,
    dataDevice: '/dev/xvda',
  },
  BOTTLEROCKET_x86_64: {
    amiType: NodegroupAmiType.BOTTLEROCKET_X86_64,
    dataDevice: '/dev/xvdb',
  },
  BOTTLEROCKET_x86_64_NVIDIA: {
    amiType: NodegroupAmiType.BOTTLEROCKET_X86_64_NVIDIA,
    dataDevice: '/dev/xvdb',
  },
};

const EFFECTS: Record<Taint['effect'], TaintEffect> = {
  NoSchedule: TaintEffect.NO_SCHEDULE,
  NoExecute: TaintEffect.NO_EXECUTE,
  PreferNoSchedule: TaintEffect.PREFER_NO_SCHEDULE,
};

/** The role of every node: it joins, pulls images, and can be looked at by Session Manager. */
export function nodeRole(scope: Construct): Role {
  const policies = [
    'AmazonEKSWorkerNodePolicy',
    'AmazonEC2ContainerRegistryPullOnly',
    'AmazonSSMManagedInstanceCore',
  ];
  const role = new Role(scope, 'NodeRole', {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: policies.map(name =>
      ManagedPolicy.fromAwsManagedPolicyName(name),
    ),
  });
  acknowledge(
    role,
    'What EKS asks for; whatever pods need they have by Pod Identity.',
    ...policies.map(name => `IAM4[${awsPolicy(name)}]`),
  );
  return role;
}

/** A managed node group as it is declared. @public */
export function managedNodeGroup(
  cluster: Cluster,
  group: NodeGroup,
  role: Role,
): Nodegroup {
  const scope = cluster.stack;
  const { amiType, dataDevice } = IMAGES[group.image];
  const template = new LaunchTemplate(scope, `Template-${group.name}`, {
    launchTemplateName: `${cluster.node.scope?.node.id}-${group.name}`,
    // Pods can't reach the node's own credentials: one hop is the node itself.
    httpTokens: LaunchTemplateHttpTokens.REQUIRED,
    httpPutResponseHopLimit: 1,
    blockDevices: [
      {
        deviceName: dataDevice,
        volume: BlockDeviceVolume.ebs(group.diskGiB, {
          volumeType: EbsDeviceVolumeType.GP3,
          encrypted: true,
          deleteOnTermination: true,
        }),
      },
    ],
  });
  Tags.of(template).add('Name', `${cluster.node.scope?.node.id}-${group.name}`);

  const [zone] = cluster.vpc.availabilityZones;
  return cluster.addNodegroupCapacity(group.name, {
    nodegroupName: group.name,
    amiType,
    instanceTypes: [new InstanceType(group.instanceType)],
    capacityType: CapacityType.ON_DEMAND,
    minSize: group.size.min,
    desiredSize: group.size.desired,
    maxSize: group.size.max,
    labels: {
      ...group.labels,
      // From an empty group the autoscaler can't see where a volume could be
      // mounted; the CSI driver gives nodes the same label.
      ...(group.singleZone && { 'topology.ebs.csi.aws.com/zone': zone }),
    },
    taints:
      group.taints.length > 0
        ? group.taints.map(({ effect, ...taint }) => ({
            ...taint,
            effect: EFFECTS[effect],
          }))
        : undefined,
    nodeRole: role,
    subnets: {
      subnetType: SubnetType.PRIVATE_WITH_EGRESS,
      ...(group.singleZone && { availabilityZones: [zone] }),
    },
    launchTemplateSpec: {
      id: template.launchTemplateId ?? '',
      version: template.latestVersionNumber,
    },
    // A node waits for the pods that its disruption budgets hold.
    forceUpdate: false,
    maxUnavailable: 1,
    enableNodeAutoRepair: true,
  });
}
