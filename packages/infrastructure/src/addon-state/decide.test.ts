import { decide } from './decide';
import { CurrentAddon, WantedAddon } from './types';

const wanted: WantedAddon = {
  clusterName: 'llm-platform-dev',
  addonName: 'aws-ebs-csi-driver',
  kubernetesVersion: '1.35',
  configuration: { controller: { extraVolumeTags: { a: 'b' } } },
  podRoles: [{ serviceAccount: 'ebs-csi-controller-sa', roleArn: 'arn:role' }],
};
const current: CurrentAddon = {
  status: 'ACTIVE',
  version: 'v2',
  configuration: wanted.configuration,
  podRoles: wanted.podRoles,
  issues: [],
};
const versions = [
  { version: 'v3', isDefault: false },
  { version: 'v2', isDefault: true },
];
const step = (
  there: Partial<CurrentAddon> | undefined,
  changes = 0,
  known = versions,
) => decide(wanted, there && { ...current, ...there }, known, changes);

describe('decide', () => {
  it('creates what is not there, in the default version', () => {
    expect(step(undefined)).toEqual({ do: 'create', version: 'v2' });
  });

  it('leaves alone what is as wanted', () => {
    expect(step({})).toEqual({ do: 'nothing' });
  });

  it.each<[string, Partial<CurrentAddon>]>([
    ['another configuration', { configuration: {} }],
    ['no role', { podRoles: [] }],
    [
      'another role',
      { podRoles: [{ ...wanted.podRoles[0], roleArn: 'arn:old' }] },
    ],
    ['a version that does not go with the cluster', { version: 'v1' }],
    ['a change that failed before', { status: 'UPDATE_FAILED' }],
    ['a creation that failed before', { status: 'CREATE_FAILED' }],
    ['trouble and a difference', { status: 'DEGRADED', podRoles: [] }],
  ])('incident 28: changes an add-on that exists with %s', (_, there) => {
    expect(step(there)).toEqual({ do: 'update', version: 'v2' });
  });

  it('does not set back an add-on that somebody upgraded', () => {
    expect(step({ version: 'v3' })).toEqual({ do: 'nothing' });
    expect(step({ version: 'v3', podRoles: [] })).toEqual({
      do: 'update',
      version: 'v3',
    });
  });

  it('does not mind the order of roles', () => {
    const roles = [
      { serviceAccount: 'a', roleArn: '1' },
      { serviceAccount: 'b', roleArn: '2' },
    ];
    expect(
      decide(
        { ...wanted, podRoles: roles },
        { ...current, podRoles: [...roles].reverse() },
        versions,
        0,
      ),
    ).toEqual({ do: 'nothing' });
  });

  it.each(['CREATING', 'UPDATING', 'DELETING', 'DEGRADED'])(
    'waits while it is %s',
    status => {
      expect(step({ status })).toEqual({ do: 'wait' });
    },
  );

  it('fails with what EKS says when its own change failed', () => {
    expect(
      step(
        {
          status: 'UPDATE_FAILED',
          issues: ['ConfigurationConflict: image'],
          podRoles: [],
        },
        1,
      ),
    ).toEqual({
      do: 'fail',
      message:
        'The add-on aws-ebs-csi-driver is UPDATE_FAILED; ConfigurationConflict: image.',
    });
  });

  it('gives up on a difference that stays, and names it', () => {
    expect(step({ podRoles: [] }, 3)).toEqual({
      do: 'fail',
      message: 'The add-on aws-ebs-csi-driver does not take its new roles.',
    });
  });

  it('gives up on an add-on that keeps vanishing', () => {
    expect(step(undefined, 3)).toMatchObject({ do: 'fail' });
  });

  it('says so where an add-on has no version for the cluster', () => {
    expect(step(undefined, 0, [])).toEqual({
      do: 'fail',
      message:
        'The add-on aws-ebs-csi-driver has no version for Kubernetes 1.35.',
    });
  });
});
