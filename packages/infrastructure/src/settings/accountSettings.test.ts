import { accountOfRegistry, parseAccountSettings } from './accountSettings';
import { parseKubernetesVersion } from './kubernetesVersion';

const settings = {
  account: '388691194728',
  region: 'us-west-2',
  alarmEmail: 'ops@mycompany.net',
  apiCidrs: ['203.0.113.7/32'],
  adminArn: 'arn:aws:iam::388691194728:role/Administrator',
};

describe('parseAccountSettings', () => {
  it('takes what a person may say', () => {
    expect(parseAccountSettings(settings)).toEqual(settings);
    expect(
      parseAccountSettings({ region: 'eu-central-1', apiCidrs: [] }),
    ).toEqual({ region: 'eu-central-1', apiCidrs: [] });
  });

  it.each([
    ['account', 'ACCOUNT_ID', /account "ACCOUNT_ID": must be 12 digits/],
    ['region', 'oregon', /region "oregon": must be a region/],
    ['alarmEmail', 'ops', /alarmEmail "ops": must be an e-mail address/],
    ['apiCidrs', ['0.0.0.0/0'], /apiCidrs\.0 "0.0.0.0\/0": .* whole internet/],
    ['apiCidrs', ['me'], /apiCidrs\.0 "me": must be an IPv4 range/],
    ['adminArn', 'root', /adminArn "root": must be the ARN/],
  ])('refuses %s %j', (key, value, message) => {
    expect(() => parseAccountSettings({ ...settings, [key]: value })).toThrow(
      message,
    );
  });
});

describe('accountOfRegistry', () => {
  it('reads account and region from an ECR registry', () => {
    expect(
      accountOfRegistry(
        '388691194728.dkr.ecr.eu-central-1.amazonaws.com/llm-platform',
      ),
    ).toEqual({ account: '388691194728', region: 'eu-central-1' });
  });

  it.each([
    undefined,
    'ghcr.io/acme',
    'ACCOUNT.dkr.ecr.us-west-2.amazonaws.com',
  ])('reads nothing from %s', registry => {
    expect(accountOfRegistry(registry)).toEqual({});
  });
});

describe('parseKubernetesVersion', () => {
  it('takes a supported version and names them where it is not one', () => {
    expect(parseKubernetesVersion('1.36')).toBe('1.36');
    // What the original ran.
    expect(() => parseKubernetesVersion('1.29')).toThrow(
      'Kubernetes "1.29" is not one of the versions supported here: 1.34, 1.35, 1.36',
    );
  });
});
