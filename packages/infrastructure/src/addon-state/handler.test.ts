import {
  DeleteAddonCommand,
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  EKSClient,
  UpdateAddonCommand,
} from '@aws-sdk/client-eks';
import { handler } from './handler';
import { WantedAddon } from './types';

const wanted: WantedAddon = {
  clusterName: 'llm-platform-dev',
  addonName: 'coredns',
  kubernetesVersion: '1.35',
  configuration: {},
  podRoles: [],
};
const event = (RequestType: 'Create' | 'Update' | 'Delete') => ({
  RequestType,
  ResourceProperties: { Wanted: JSON.stringify(wanted) },
});
const time = (ms: number) => ({ getRemainingTimeInMillis: () => ms });

describe('the handler behind an add-on', () => {
  let sent: object[];
  let status: string;

  beforeEach(() => {
    sent = [];
    status = 'ACTIVE';
    jest
      .spyOn(EKSClient.prototype, 'send')
      .mockImplementation(async (command: object) => {
        sent.push(command);
        if (command instanceof DescribeAddonVersionsCommand) {
          return { addons: [{ addonVersions: [{ addonVersion: 'v1' }] }] };
        }
        return command instanceof DescribeAddonCommand
          ? { addon: { status, addonVersion: 'v1' } }
          : {};
      });
  });
  afterEach(() => jest.restoreAllMocks());

  it.each(['Create', 'Update'] as const)(
    'brings it to its state for %s, under one id for ever',
    async type => {
      expect(await handler(event(type), time(60_000))).toEqual({
        PhysicalResourceId: 'llm-platform-dev/coredns',
      });
      expect(sent.some(command => command instanceof UpdateAddonCommand)).toBe(
        false,
      );
    },
  );

  it('ends before Lambda ends it, and says what is wrong', async () => {
    status = 'DEGRADED';
    await expect(handler(event('Create'), time(10_000))).rejects.toThrow(
      'The add-on coredns is not ready in time: it is DEGRADED.',
    );
  });

  it('lets go of it for Delete, without a look', async () => {
    await handler(event('Delete'), time(60_000));
    expect(sent).toEqual([expect.any(DeleteAddonCommand)]);
  });
});
