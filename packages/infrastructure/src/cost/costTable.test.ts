import { environments } from '@llm-platform/platform';
import { costRows, costTable } from './costTable';
import { parsePrices } from './priceFile';

const prices = parsePrices({
  region: 'us-west-2',
  hoursPerMonth: 730,
  usdPerHour: {
    'AWS::EC2::NatGateway': 0.045,
    'interface endpoint in a zone': 0.01,
  },
  usdPerMonth: { 'AWS::KMS::Key': 1, 'GiB of gp3': 0.08 },
  use: [{ what: 'logs', quantity: 20, unit: 'GB', usdPerMonth: 0.5 }],
  free: ['AWS::EC2::VPC'],
});
const nat = { Type: 'AWS::EC2::NatGateway' };

describe('costRows', () => {
  it('counts what a template makes, by hour or month', () => {
    const rows = costRows(
      new Map([
        [
          'network',
          {
            Resources: {
              vpc: { Type: 'AWS::EC2::VPC' },
              one: nat,
              two: nat,
              key: { Type: 'AWS::KMS::Key' },
              gateway: {
                Type: 'AWS::EC2::VPCEndpoint',
                Properties: { VpcEndpointType: 'Gateway' },
              },
              endpoint: {
                Type: 'AWS::EC2::VPCEndpoint',
                Properties: {
                  VpcEndpointType: 'Interface',
                  SubnetIds: ['a', 'b', 'c'],
                },
              },
            },
          },
        ],
      ]),
      [],
      prices,
    );
    expect(
      rows.map(({ step, what, desired }) => [step, what, desired.toFixed(2)]),
    ).toEqual([
      ['network', '2 × AWS::EC2::NatGateway', '65.70'],
      ['network', '1 × AWS::KMS::Key', '1.00'],
      ['network', '3 × interface endpoint in a zone', '21.90'],
      ['use', 'logs: 20 GB', '10.00'],
    ]);
  });

  it('has the nodes at their least, at first and at their most', () => {
    const [, gpu] = costRows(new Map(), environments.dev.nodeGroups, prices);
    const each = 0.526 * 730 + 100 * 0.08;
    expect(gpu).toMatchObject({ step: 'nodes gpu', least: 0, desired: 0 });
    expect(gpu.most).toBeCloseTo(2 * each);
  });

  it('refuses to leave out what has no price', () => {
    expect(() =>
      costRows(
        new Map([
          ['x', { Resources: { db: { Type: 'AWS::RDS::DBInstance' } } }],
        ]),
        [],
        prices,
      ),
    ).toThrow('The price file has no price for AWS::RDS::DBInstance of step x');
  });
});

describe('costTable', () => {
  it('ends with the sum', () => {
    const text = costTable([
      { step: 'a', what: 'x', least: 1, desired: 2, most: 3 },
      { step: 'b', what: 'y', least: 1, desired: 1, most: 1 },
    ]);
    expect(text.split('\n').pop()).toMatch(/^all +2\.00 +3\.00 +4\.00$/);
  });
});
