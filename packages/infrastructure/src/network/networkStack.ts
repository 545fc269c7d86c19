import { RemovalPolicy, Stack, StackProps, Tags } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EndpointName, EnvironmentSettings } from '../settings';

const ZONES = ['a', 'b', 'c'];

const SERVICES: Record<EndpointName, InterfaceVpcEndpointAwsService> = {
  'ecr.api': InterfaceVpcEndpointAwsService.ECR,
  'ecr.dkr': InterfaceVpcEndpointAwsService.ECR_DOCKER,
  sts: InterfaceVpcEndpointAwsService.STS,
  'eks-auth': InterfaceVpcEndpointAwsService.EKS_AUTH,
  ec2: InterfaceVpcEndpointAwsService.EC2,
  logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  autoscaling: InterfaceVpcEndpointAwsService.AUTOSCALING,
  elasticloadbalancing: InterfaceVpcEndpointAwsService.ELASTIC_LOAD_BALANCING,
  'sagemaker.runtime': InterfaceVpcEndpointAwsService.SAGEMAKER_RUNTIME,
};

/** @public */
export interface NetworkProps extends StackProps {
  settings: EnvironmentSettings;
  region: string;
  key: IKey;
}

/**
 * Three zones; load balancers are public, everything else is in private
 * subnets and reaches out by NAT or by endpoints.
 *
 * @public
 */
export class NetworkStack extends Stack {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id, props);
    const { settings, region, key } = props;
    this.vpc = new Vpc(this, 'Vpc', {
      vpcName: `llm-platform-${settings.name}`,
      ipAddresses: IpAddresses.cidr(settings.vpcCidr),
      // By name, not looked up: synthesis needs no account.
      availabilityZones: ZONES.map(zone => `${region}${zone}`),
      natGateways: settings.natGateways,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        {
          name: 'public',
          subnetType: SubnetType.PUBLIC,
          cidrMask: 24,
          mapPublicIpOnLaunch: false,
        },
        // Each pod has an address of its own.
        {
          name: 'private',
          subnetType: SubnetType.PRIVATE_WITH_EGRESS,
          cidrMask: 19,
        },
      ],
    });
    // How the load balancer controller finds the subnets.
    for (const subnet of this.vpc.publicSubnets) {
      Tags.of(subnet).add('kubernetes.io/role/elb', '1');
    }
    for (const subnet of this.vpc.privateSubnets) {
      Tags.of(subnet).add('kubernetes.io/role/internal-elb', '1');
    }

    this.vpc.addGatewayEndpoint('S3', {
      service: GatewayVpcEndpointAwsService.S3,
    });
    const fromInside = new SecurityGroup(this, 'EndpointAccess', {
      vpc: this.vpc,
      description: 'HTTPS from inside the network to its endpoints',
      allowAllOutbound: false,
    });
    fromInside.addIngressRule(Peer.ipv4(settings.vpcCidr), Port.HTTPS);
    for (const name of settings.interfaceEndpoints) {
      this.vpc.addInterfaceEndpoint(name, {
        service: SERVICES[name],
        securityGroups: [fromInside],
        open: false,
      });
    }

    this.vpc.addFlowLog('FlowLog', {
      trafficType: FlowLogTrafficType.REJECT,
      destination: FlowLogDestination.toCloudWatchLogs(
        new LogGroup(this, 'FlowLogs', {
          logGroupName: `/llm-platform/${settings.name}/rejected-traffic`,
          encryptionKey: key,
          retention: settings.logRetentionDays,
          removalPolicy: settings.keepData
            ? RemovalPolicy.RETAIN
            : RemovalPolicy.DESTROY,
        }),
      ),
    });
  }
}
