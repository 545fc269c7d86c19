import {
  CreateAddonCommand,
  DeleteAddonCommand,
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateAddonCommand,
} from '@aws-sdk/client-eks';
import { eksAddonApi } from './eksAddonApi';
import { WantedAddon } from './types';

const wanted: WantedAddon = {
  clusterName: 'llm-platform-dev',
  addonName: 'vpc-cni',
  kubernetesVersion: '1.35',
  configuration: { enableNetworkPolicy: 'true' },
  podRoles: [{ serviceAccount: 'aws-node', roleArn: 'arn:role' }],
};
const message = { message: '', $metadata: {} };

/** EKS that answers each command by its class; an Error is thrown. */
function eks(answers: Array<[new (...args: never[]) => object, unknown]>) {
  const sent: object[] = [];
  const send = async (command: object) => {
    sent.push(command);
    const [, answer] = answers.find(([type]) => command instanceof type)!;
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  const client = { send } as unknown as Pick<EKSClient, 'send'>;
  return { api: eksAddonApi(client, wanted), sent };
}

const asInput = {
  clusterName: 'llm-platform-dev',
  addonName: 'vpc-cni',
  addonVersion: 'v1',
  configurationValues: '{"enableNetworkPolicy":"true"}',
  podIdentityAssociations: wanted.podRoles,
  resolveConflicts: 'OVERWRITE',
};

describe('eksAddonApi', () => {
  it('describes an add-on with the roles behind its associations', async () => {
    const { api, sent } = eks([
      [
        DescribeAddonCommand,
        {
          addon: {
            status: 'ACTIVE',
            addonVersion: 'v1',
            configurationValues: ' {"enableNetworkPolicy": "true"}',
            podIdentityAssociations: [
              'arn:aws:eks:r:1:podidentityassociation/c/a-1',
            ],
            health: { issues: [{ code: 'AccessDenied', message: 'no' }] },
          },
        },
      ],
      [
        DescribePodIdentityAssociationCommand,
        { association: wanted.podRoles[0] },
      ],
    ]);
    expect(await api.describe()).toEqual({
      status: 'ACTIVE',
      version: 'v1',
      configuration: wanted.configuration,
      podRoles: wanted.podRoles,
      issues: ['AccessDenied: no'],
    });
    expect(sent[1]).toMatchObject({
      input: { clusterName: 'llm-platform-dev', associationId: 'a-1' },
    });
  });

  it('says that an add-on is not there', async () => {
    const { api } = eks([
      [DescribeAddonCommand, new ResourceNotFoundException(message)],
    ]);
    expect(await api.describe()).toBeUndefined();
  });

  it('does not take another error for that', async () => {
    const { api } = eks([[DescribeAddonCommand, new Error('denied')]]);
    await expect(api.describe()).rejects.toThrow('denied');
  });

  it('asks for the versions that go with the cluster', async () => {
    const { api, sent } = eks([
      [
        DescribeAddonVersionsCommand,
        {
          addons: [
            {
              addonVersions: [
                { addonVersion: 'v2', compatibilities: [{}] },
                {
                  addonVersion: 'v1',
                  compatibilities: [{ defaultVersion: true }],
                },
              ],
            },
          ],
        },
      ],
    ]);
    expect(await api.versions()).toEqual([
      { version: 'v2', isDefault: false },
      { version: 'v1', isDefault: true },
    ]);
    expect(sent[0]).toMatchObject({
      input: { addonName: 'vpc-cni', kubernetesVersion: '1.35' },
    });
  });

  it('creates and changes with the whole wanted state, over what is there', async () => {
    const { api, sent } = eks([
      [CreateAddonCommand, {}],
      [UpdateAddonCommand, {}],
    ]);
    expect(await api.create('v1')).toBe(true);
    await api.update('v1');
    expect(sent).toEqual([
      expect.objectContaining({ input: asInput }),
      expect.objectContaining({ input: asInput }),
    ]);
  });

  it('incident 28: takes "already exists" for what it is', async () => {
    const { api } = eks([
      [CreateAddonCommand, new ResourceInUseException(message)],
    ]);
    expect(await api.create('v1')).toBe(false);
  });

  it('lets its pods run on when it is released', async () => {
    const { api, sent } = eks([
      [DeleteAddonCommand, new ResourceNotFoundException(message)],
    ]);
    await api.release();
    expect(sent[0]).toMatchObject({ input: { preserve: true } });
  });
});
