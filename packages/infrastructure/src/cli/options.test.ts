import { readInfraOptions } from './options';

const REGISTRY = '388691194728.dkr.ecr.eu-central-1.amazonaws.com/llm-platform';

describe('readInfraOptions', () => {
  it('is every environment of any account where nothing is said', () => {
    const { environments, accountSettings } = readInfraOptions([], {});
    expect(environments.map(({ name }) => name)).toEqual([
      'dev',
      'staging',
      'prod',
    ]);
    expect(accountSettings).toMatchObject({
      region: 'us-west-2',
      apiCidrs: [],
    });
    expect(accountSettings.account).toBeUndefined();
  });

  it('takes account and region from the registry of the manifests', () => {
    expect(
      readInfraOptions(['--environment', 'prod'], { registry: REGISTRY }),
    ).toMatchObject({
      environments: [{ name: 'prod', kubernetesVersion: '1.35' }],
      accountSettings: { account: '388691194728', region: 'eu-central-1' },
    });
    expect(() =>
      readInfraOptions(['--region', 'us-east-1'], { registry: REGISTRY }),
    ).toThrow(
      '--region us-east-1 is not the region of the registry in packages/platform/settings (eu-central-1)',
    );
  });

  it('takes another Kubernetes version, of those supported', () => {
    const { environments } = readInfraOptions(
      ['--environment', 'dev', '--kubernetes-version', '1.36'],
      {},
    );
    expect(environments[0].kubernetesVersion).toBe('1.36');
    expect(() =>
      readInfraOptions(['--kubernetes-version', '1.29'], {}),
    ).toThrow('1.34, 1.35, 1.36');
  });

  it('knows no environment embedded: that one is not in AWS', () => {
    expect(() => readInfraOptions(['--environment', 'embedded'], {})).toThrow(
      'There is no environment "embedded" in AWS: there are dev, staging, prod',
    );
  });
});
