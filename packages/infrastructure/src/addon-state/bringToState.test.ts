import { bringToState } from './bringToState';
import { AddonApi, CurrentAddon, WantedAddon } from './types';

const wanted: WantedAddon = {
  clusterName: 'llm-platform-dev',
  addonName: 'coredns',
  kubernetesVersion: '1.35',
  configuration: {},
  podRoles: [],
};
const active: CurrentAddon = {
  status: 'ACTIVE',
  version: 'v1',
  configuration: {},
  podRoles: [],
  issues: [],
};

/** EKS with one add-on; `looks` is what each look at it finds. */
function eks(looks: Array<CurrentAddon | undefined>, createdByUs = true) {
  const calls: string[] = [];
  const api: AddonApi = {
    async describe() {
      return looks.length > 1 ? looks.shift() : looks[0];
    },
    async versions() {
      return [{ version: 'v1', isDefault: true }];
    },
    async create(version) {
      calls.push(`create ${version}`);
      return createdByUs;
    },
    async update(version) {
      calls.push(`update ${version}`);
    },
    async release() {
      calls.push('release');
    },
  };
  return { api, calls };
}

/** Time for so many looks. */
function pace(looks = 10) {
  let left = looks;
  return {
    pause: async () => {
      left -= 1;
    },
    timeLeft: () => left > 0,
  };
}

describe('bringToState', () => {
  it('creates an add-on and waits until it runs', async () => {
    const { api, calls } = eks([
      undefined,
      { ...active, status: 'CREATING' },
      active,
    ]);
    await bringToState(wanted, api, pace());
    expect(calls).toEqual(['create v1']);
  });

  it('incident 28: changes one that exists, and never creates it', async () => {
    const { api, calls } = eks([
      { ...active, configuration: { replicaCount: 1 } },
      { ...active, status: 'UPDATING' },
      active,
    ]);
    await bringToState(wanted, api, pace());
    expect(calls).toEqual(['update v1']);
  });

  it('does nothing to one that is as wanted', async () => {
    const { api, calls } = eks([active]);
    await bringToState(wanted, api, pace());
    expect(calls).toEqual([]);
  });

  it('takes up one that somebody made in the same moment', async () => {
    const { api, calls } = eks(
      [undefined, { ...active, status: 'CREATING' }, active],
      false,
    );
    await bringToState(wanted, api, pace());
    expect(calls).toEqual(['create v1']);
  });

  it('waits for a change of somebody else before its own', async () => {
    const { api, calls } = eks([
      { ...active, status: 'UPDATING', version: 'v0' },
      { ...active, version: 'v0' },
      active,
    ]);
    await bringToState(wanted, api, pace());
    expect(calls).toEqual(['update v1']);
  });

  it('says how it is when time is up', async () => {
    const { api } = eks([
      {
        ...active,
        status: 'DEGRADED',
        issues: ['InsufficientNumberOfReplicas: no nodes'],
      },
    ]);
    await expect(bringToState(wanted, api, pace(3))).rejects.toThrow(
      'The add-on coredns is not ready in time: it is DEGRADED; InsufficientNumberOfReplicas: no nodes.',
    );
  });
});
