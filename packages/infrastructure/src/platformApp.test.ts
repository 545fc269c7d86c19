import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib';
import { CfnCluster } from 'aws-cdk-lib/aws-eks-v2';
import { AwsSolutionsChecks } from 'cdk-nag';
import {
  namespaces,
  storageClasses,
  teamServices,
} from '@llm-platform/platform';
import { costRows, parsePrices } from './cost';
import { PlatformApp, platformApp } from './platformApp';
import { environmentSettings } from './settings';

const REGION = 'us-west-2';
const outdir = mkdtempSync(path.join(tmpdir(), 'platform-app-'));
const context = { 'aws:cdk:disable-asset-staging': true };

let platform: PlatformApp;
const templates = new Map<Stack, Template>();

/** Of a stack that is synthesised already. */
function template(stack: Stack): Template {
  const found = templates.get(stack) ?? Template.fromStack(stack);
  templates.set(stack, found);
  return found;
}
const dev = () => platform.environments.dev;
const prod = () => platform.environments.prod;

// One synthesis for all tests. It would fail on a finding of AwsSolutions that
// has no reason beside it, and on what CloudFormation would refuse.
beforeAll(() => {
  platform = platformApp({
    accountSettings: {
      region: REGION,
      apiCidrs: [],
      alarmEmail: 'ops@mycompany.net',
    },
    environments: [environmentSettings.dev, environmentSettings.prod],
    app: { outdir, context },
  });
  platform.app.synth();
}, 180_000);

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe('the whole app', () => {
  it('does not know an account, and looks nothing up', () => {
    const { missing } = platform.app.synth().manifest;
    expect(missing).toBeUndefined();
    expect(JSON.stringify(template(dev().cluster).toJSON())).not.toMatch(
      /ACCOUNT_ID|\b\d{12}\b/,
    );
  });

  it('makes the same in every environment, of other values', () => {
    const types = (stack: Stack) =>
      new Set(
        Object.values(
          template(stack).toJSON().Resources as Record<
            string,
            { Type: string }
          >,
        ).map(({ Type }) => Type),
      );
    for (const part of [
      'foundation',
      'network',
      'cluster',
      'workloads',
    ] as const) {
      expect(types(prod()[part])).toEqual(types(dev()[part]));
    }
  });

  it('refuses to be synthesised with a finding of AwsSolutions', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'platform-app-'));
    const { app, registry } = platformApp({
      accountSettings: { region: REGION, apiCidrs: [] },
      environments: [],
      app: { outdir: dir, context },
    });
    new Bucket(registry, 'WithoutTls');
    try {
      expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('the price file', () => {
  it('has a price for whatever is made', () => {
    const file = path.join(
      path.dirname(
        require.resolve('@llm-platform/infrastructure/package.json'),
      ),
      'prices.json',
    );
    const prices = parsePrices(JSON.parse(readFileSync(file, 'utf8')));
    const rows = costRows(
      new Map(
        Object.entries(prod()).map(([step, stack]) => [
          step,
          template(stack).toJSON(),
        ]),
      ),
      environmentSettings.prod.nodeGroups,
      prices,
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        step: 'network',
        what: '3 × AWS::EC2::NatGateway',
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        step: 'cluster',
        what: '1 × AWS::EKS::Cluster',
      }),
    );
  });
});

describe('the registry', () => {
  it('scans images, keeps tags as they were pushed, and not for ever', () => {
    const stack = template(platform.registry);
    for (const name of ['gateway', ...teamServices.map(s => s.name)]) {
      stack.hasResourceProperties('AWS::ECR::Repository', {
        RepositoryName: `llm-platform/${name}`,
        ImageTagMutability: 'IMMUTABLE',
        ImageScanningConfiguration: { ScanOnPush: true },
        EncryptionConfiguration: { EncryptionType: 'KMS' },
        LifecyclePolicy: {
          LifecyclePolicyText: Match.serializedJson({
            rules: [
              Match.objectLike({
                selection: Match.objectLike({ tagStatus: 'untagged' }),
              }),
              Match.objectLike({
                selection: Match.objectLike({
                  tagStatus: 'any',
                  countNumber: 30,
                }),
              }),
            ],
          }),
        },
      });
    }
  });
});

describe('the foundation', () => {
  it('has a key that is rotated, and keeps it in prod', () => {
    template(dev().foundation).hasResource('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'Delete',
    });
    template(prod().foundation).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
    });
  });

  it("warns of a month's cost, spent and forecast", () => {
    const stack = template(dev().foundation);
    stack.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: {
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: 800, Unit: 'USD' },
      },
      NotificationsWithSubscribers: Match.arrayWith([
        Match.objectLike({
          Notification: Match.objectLike({
            NotificationType: 'ACTUAL',
            Threshold: 80,
          }),
        }),
        Match.objectLike({
          Notification: Match.objectLike({ NotificationType: 'FORECASTED' }),
        }),
      ]),
    });
    stack.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@mycompany.net',
    });
  });
});

describe('the network', () => {
  it('has private and public subnets in three zones', () => {
    const stack = template(dev().network);
    const subnets = Object.values(stack.findResources('AWS::EC2::Subnet')).map(
      ({ Properties }) => Properties,
    );
    expect(new Set(subnets.map(subnet => subnet.AvailabilityZone))).toEqual(
      new Set(['us-west-2a', 'us-west-2b', 'us-west-2c']),
    );
    expect(subnets).toHaveLength(6);
    expect(subnets.some(subnet => subnet.MapPublicIpOnLaunch)).toBe(false);
  });

  it('has one way out in dev and one for each zone in prod', () => {
    template(dev().network).resourceCountIs('AWS::EC2::NatGateway', 1);
    template(prod().network).resourceCountIs('AWS::EC2::NatGateway', 3);
  });

  it('reaches S3 and the registry by endpoints, from inside only', () => {
    const stack = template(dev().network);
    stack.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
    });
    stack.resourcePropertiesCountIs(
      'AWS::EC2::VPCEndpoint',
      { VpcEndpointType: 'Interface', PrivateDnsEnabled: true },
      2,
    );
    stack.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        Match.objectLike({
          CidrIp: '10.10.0.0/16',
          FromPort: 443,
          ToPort: 443,
        }),
      ],
    });
  });
});

describe('the cluster', () => {
  it('is of a supported version, private, encrypted and logged', () => {
    template(dev().cluster).hasResourceProperties('AWS::EKS::Cluster', {
      Name: 'llm-platform-dev',
      Version: '1.35',
      UpgradePolicy: { SupportType: 'STANDARD' },
      BootstrapSelfManagedAddons: false,
      AccessConfig: Match.objectLike({ AuthenticationMode: 'API' }),
      ResourcesVpcConfig: Match.objectLike({
        EndpointPrivateAccess: true,
        EndpointPublicAccess: false,
      }),
      EncryptionConfig: [Match.objectLike({ Resources: ['secrets'] })],
      Logging: Match.objectLike({
        ClusterLogging: {
          EnabledTypes: [
            'api',
            'audit',
            'authenticator',
            'controllerManager',
            'scheduler',
          ].map(Type => ({ Type })),
        },
      }),
    });
  });

  it('is opened to the ranges that were asked for, and to no other', () => {
    const { app, environments } = platformApp({
      accountSettings: {
        account: '388691194728',
        region: REGION,
        apiCidrs: ['203.0.113.7/32'],
        adminArn: 'arn:aws:iam::388691194728:role/Administrator',
      },
      environments: [environmentSettings.dev],
      app: { context },
    });
    const { cluster } = environments.dev;
    const resource = cluster.node
      .findAll()
      .find((node): node is CfnCluster => node instanceof CfnCluster);
    expect(cluster.resolve(resource?.resourcesVpcConfig)).toMatchObject({
      endpointPublicAccess: true,
      publicAccessCidrs: ['203.0.113.7/32'],
    });
    // Neither is this a finding, nor that the account is known.
    expect(new AwsSolutionsChecks().validateScope(app).violations).toEqual([]);
  }, 60_000);

  it('incidents 12 and 30: has the general nodes that the platform needs', () => {
    template(dev().cluster).hasResourceProperties('AWS::EKS::Nodegroup', {
      NodegroupName: 'general',
      InstanceTypes: ['t3.medium'],
      AmiType: 'AL2023_x86_64_STANDARD',
      ScalingConfig: { MinSize: 2, DesiredSize: 4, MaxSize: 5 },
      Taints: Match.absent(),
    });
  });

  it('incident 9: has GPU nodes with a driver, a taint, and labels', () => {
    template(dev().cluster).hasResourceProperties('AWS::EKS::Nodegroup', {
      NodegroupName: 'gpu',
      InstanceTypes: ['g4dn.xlarge'],
      AmiType: 'AL2023_x86_64_NVIDIA',
      ScalingConfig: { MinSize: 0, DesiredSize: 0, MaxSize: 2 },
      Taints: [{ Key: 'nvidia.com/gpu', Value: 'true', Effect: 'NO_SCHEDULE' }],
      Labels: Match.objectLike({
        'nvidia.com/gpu.present': 'true',
        'nvidia.com/gpu.product': 'Tesla-T4',
        'k8s.amazonaws.com/accelerator': 'nvidia-tesla-t4',
        'topology.ebs.csi.aws.com/zone': 'us-west-2a',
      }),
      Subnets: [Match.anyValue()],
    });
  });

  it('keeps the credentials of nodes from pods, and their disks encrypted', () => {
    const stack = template(dev().cluster);
    stack.resourceCountIs('AWS::EC2::LaunchTemplate', 2);
    stack.allResourcesProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [
          Match.objectLike({
            Ebs: Match.objectLike({ Encrypted: true, VolumeType: 'gp3' }),
          }),
        ],
      }),
    });
  });

  it('incident 28: has its add-ons in a wanted state, none by AWS::EKS::Addon', () => {
    const stack = template(dev().cluster);
    stack.resourceCountIs('AWS::EKS::Addon', 0);
    const wanted = Object.values(
      stack.findResources('Custom::EksAddonState'),
    ).map(({ Properties }) => JSON.stringify(Properties.Wanted));
    const of = (name: string) =>
      wanted.find(text => text.includes(`\\"addonName\\":\\"${name}\\"`));
    for (const name of [
      'vpc-cni',
      'coredns',
      'kube-proxy',
      'eks-pod-identity-agent',
      'aws-ebs-csi-driver',
    ]) {
      expect(of(name)).toContain('\\"kubernetesVersion\\":\\"1.35\\"');
    }
    expect(of('vpc-cni')).toContain('\\"enableNetworkPolicy\\":\\"true\\"');
    // Incident 1: the driver with its role.
    expect(of('aws-ebs-csi-driver')).toMatch(
      /ebs-csi-controller-sa.*roleArn.*CsiRole/,
    );
  });

  it('lets the handler of add-ons pass on their roles, and no others', () => {
    const policies = template(dev().cluster).findResources('AWS::IAM::Policy', {
      Properties: {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Action: ['iam:PassRole', 'iam:GetRole'] }),
          ]),
        },
      },
    });
    const [{ Properties }] = Object.values(policies);
    const passed = Properties.PolicyDocument.Statement.filter(
      ({ Action }: { Action: string[] }) => Action.includes('iam:PassRole'),
    ).map(({ Resource }: { Resource: unknown }) => JSON.stringify(Resource));
    expect(passed).toHaveLength(2);
    expect(passed.join()).toMatch(/CniRole.*CsiRole/);
  });

  it('makes nodes after their network, and what needs nodes after these', () => {
    const stack = template(dev().cluster);
    const waitsFor = (type: string, name: RegExp) =>
      Object.entries(stack.findResources(type))
        .filter(([id]) => name.test(id))
        .map(([, { DependsOn }]) => String(DependsOn));
    for (const group of waitsFor('AWS::EKS::Nodegroup', /./)) {
      expect(group).toMatch(/vpccni/);
      expect(group).toMatch(/podidentityagent/);
    }
    const [driver] = waitsFor('Custom::EksAddonState', /awsebscsidriver/);
    expect(driver).toMatch(/Nodegroup/);
    const [classes] = waitsFor(
      'Custom::AWSCDK-EKS-KubernetesResource',
      /StorageClasses/,
    );
    expect(classes).toMatch(/awsebscsidriver/);
  });

  it('incident 2: has every declared StorageClass, gp3 as the default', () => {
    const [{ Properties }] = Object.values(
      template(dev().cluster).findResources(
        'Custom::AWSCDK-EKS-KubernetesResource',
        { Properties: { Manifest: Match.stringLikeRegexp('StorageClass') } },
      ),
    );
    // Applied, not created: gp2 is there already.
    expect(Properties.Overwrite).toBe(true);
    const classes: Array<{
      metadata: { name: string; annotations: Record<string, string> };
      provisioner: string;
      parameters: Record<string, string>;
    }> = JSON.parse(Properties.Manifest);
    expect(classes.map(({ metadata }) => metadata.name)).toEqual(
      storageClasses.map(({ name }) => name),
    );
    const [gp3, gp2] = classes;
    expect(gp3).toMatchObject({
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true' },
    });
    expect(
      gp3.metadata.annotations['storageclass.kubernetes.io/is-default-class'],
    ).toBe('true');
    expect(
      gp2.metadata.annotations['storageclass.kubernetes.io/is-default-class'],
    ).toBe('false');
    expect(gp2.provisioner).toBe('kubernetes.io/aws-ebs');
  });

  it('scales its groups by an autoscaler of its own version, and only its own', () => {
    const stack = template(dev().cluster);
    const [{ Properties }] = Object.values(
      stack.findResources('Custom::AWSCDK-EKS-HelmChart', {
        Properties: { Chart: 'cluster-autoscaler' },
      }),
    );
    expect(JSON.parse(Properties.Values)).toMatchObject({
      autoDiscovery: { clusterName: 'llm-platform-dev' },
      image: { tag: expect.stringMatching(/^v1\.35\./) },
    });
    stack.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'kube-system',
      ServiceAccount: 'cluster-autoscaler',
    });
    stack.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: [
              'autoscaling:SetDesiredCapacity',
              'autoscaling:TerminateInstanceInAutoScalingGroup',
            ],
            Condition: {
              StringEquals: {
                'aws:ResourceTag/k8s.io/cluster-autoscaler/llm-platform-dev':
                  'owned',
              },
            },
          }),
        ]),
      }),
    });
  });

  it('can make load balancers of Ingresses', () => {
    template(dev().cluster).hasResourceProperties(
      'Custom::AWSCDK-EKS-HelmChart',
      { Chart: 'aws-load-balancer-controller' },
    );
  });
});

describe('the workloads', () => {
  it("let each team service call its own team's endpoints and nothing else", () => {
    const stack = template(dev().workloads);
    for (const { name, namespace, team } of teamServices) {
      expect(namespaces.map(declared => declared.name)).toContain(namespace);
      stack.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
        Namespace: namespace,
        ServiceAccount: name,
      });
      const [{ Properties }] = Object.values(
        stack.findResources('AWS::IAM::Policy', {
          Properties: {
            PolicyName: Match.stringLikeRegexp(name.replace('-', '')),
          },
        }),
      );
      const { Statement } = Properties.PolicyDocument;
      expect(Statement).toHaveLength(1);
      expect(Statement[0].Action).toBe('sagemaker:InvokeEndpoint');
      expect(JSON.stringify(Statement[0].Resource)).toContain(
        `:endpoint/llm-platform-dev-${team}-*`,
      );
    }
  });

  it('trust the pods of one service account with a role', () => {
    const { name, namespace } = teamServices[0];
    template(dev().workloads).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'pods.eks.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:RequestTag/kubernetes-namespace': namespace,
                'aws:RequestTag/kubernetes-service-account': name,
              },
            },
          }),
        ]),
      }),
    });
  });
});
