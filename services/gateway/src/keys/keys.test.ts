import { createHash } from 'node:crypto';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readApplicationKeys } from '../credentials';
import { FakeCluster } from '../testing/FakeCluster';
import { createApplicationKey } from './applicationKey';
import { runKeyTool } from './keyTool';

const NOW = Date.parse('2026-11-23T12:00:00Z');

describe('createApplicationKey', () => {
  it('makes a Secret that the gateway reads and that does not hold the key', () => {
    const limits = {
      requestsPerMinute: 60,
      usdPerMonth: 20.5,
      usdPerDay: 1e-6,
    };
    const { key, id, secret } = createApplicationKey({
      team: 'quant',
      models: ['smol', 'mistral'],
      expires: new Date(NOW),
      limits,
      namespace: 'platform',
    });
    expect(key).toMatch(/^sk-llmp-[\w-]{43}$/);
    expect(JSON.stringify(secret)).not.toContain(key);
    expect(
      readApplicationKeys([
        { name: secret.metadata.name, data: secret.stringData },
      ]),
    ).toEqual({
      problems: [],
      records: [
        {
          id,
          hash: createHash('sha256').update(key).digest('hex'),
          team: 'quant',
          models: ['smol', 'mistral'],
          expiresAt: NOW,
          limits,
        },
      ],
    });
    expect(secret.metadata.labels['llm-platform.dev/credential']).toBe(
      'application-key',
    );
  });

  it('makes another one each time', () => {
    const make = () =>
      createApplicationKey({ team: 'a', models: ['*'], namespace: 'p' }).key;
    expect(make()).not.toBe(make());
  });
});

describe('the key tool', () => {
  let cluster: FakeCluster;
  let dir: string;
  let kubeconfig: string;
  let out: string[];
  let err: string[];

  /** Runs a command line and tells the exit code. */
  function run(line: string, now = NOW): Promise<number> {
    out = [];
    err = [];
    return runKeyTool([...line.split(' '), '--kubeconfig', kubeconfig], {
      out: text => out.push(text),
      err: text => err.push(text),
      now: () => now,
    });
  }

  const secrets = () => cluster.objects('platform', 'secrets');
  const records = () =>
    readApplicationKeys(
      secrets().map(({ metadata, data = {} }) => ({
        name: metadata.name,
        data: Object.fromEntries(
          Object.entries(data).map(([name, value]) => [
            name,
            Buffer.from(value, 'base64').toString(),
          ]),
        ),
      })),
    );

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    dir = await mkdtemp(path.join(tmpdir(), 'gateway-keys-'));
    kubeconfig = path.join(dir, 'kubeconfig');
    await writeFile(kubeconfig, cluster.kubeConfig().exportConfig());
  });

  afterEach(async () => {
    await cluster.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('makes a key with limits and prints it alone', async () => {
    expect(
      await run(
        'create --team quant --models smol,api/quant --expires 30d --rpm 60 --tpm 100000 --concurrent 10 --tokens-per-day 5000000 --tokens-per-month 90000000 --usd-per-day 5 --usd-per-month 99.5',
      ),
    ).toBe(0);
    expect(out).toEqual([expect.stringMatching(/^sk-llmp-[\w-]{43}$/)]);
    expect(err.join()).toContain('usdPerMonth 99.5');
    expect(records()).toEqual({
      problems: [],
      records: [
        expect.objectContaining({
          hash: createHash('sha256').update(out[0]).digest('hex'),
          team: 'quant',
          models: ['smol', 'api/quant'],
          expiresAt: Date.parse('2026-12-23T12:00:00Z'),
          limits: {
            requestsPerMinute: 60,
            tokensPerMinute: 100_000,
            concurrent: 10,
            tokensPerDay: 5_000_000,
            tokensPerMonth: 90_000_000,
            usdPerDay: 5,
            usdPerMonth: 99.5,
          },
        }),
      ],
    });
  });

  it('lists keys with their state and never their hash', async () => {
    await run('create --team quant --models * --expires 1h --rpm 5');
    await run('create --team eval --models judge');
    cluster.put('platform', 'secrets', {
      metadata: {
        name: 'broken',
        labels: { 'llm-platform.dev/credential': 'application-key' },
      },
      data: { team: Buffer.from('quant').toString('base64') },
    });
    expect(await run('list', NOW + 3_600_000)).toBe(0);
    const lines = out.join('\n').split('\n');
    expect(lines[0]).toMatch(/^ID +TEAM +STATE +EXPIRES +MODELS +LIMITS$/);
    expect(lines[1]).toMatch(/^\w{12} +eval +active +never +judge +none$/);
    expect(lines.slice(2)).toHaveLength(2);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^\w{12} +quant +expired +2026-11-23T13:00Z +\* +requestsPerMinute 5$/,
        ),
        expect.stringMatching(/^broken +quant +unusable .*hash/),
      ]),
    );
    expect(out.join()).not.toContain(records().records[0].hash);

    await run('list --team eval');
    expect(out.join('\n').split('\n')).toHaveLength(2);
    await run('list --team nobody');
    expect(out).toEqual(['There are no keys.']);
  });

  it('revokes a key for good and keeps it in the list', async () => {
    await run('create --team quant --models *');
    const [{ id }] = records().records;
    expect(await run(`revoke ${id}`)).toBe(0);
    expect(records()).toEqual({ records: [], problems: [] });
    await run('list');
    expect(out.join()).toMatch(new RegExp(`${id} +quant +revoked`));
    expect(await run(`revoke ${id}`)).toBe(0);
    expect(err.join()).toContain('already');
  });

  it('says where there is no such key, and what the cluster refused', async () => {
    expect(await run('revoke nosuch')).toBe(2);
    expect(err.join()).toContain("no key 'nosuch'");
    await cluster.stop();
    expect(await run('list')).toBe(1);
    expect(err.join()).toContain('cluster');
  });

  it('explains every option', async () => {
    expect(await run('--help')).toBe(0);
    for (const option of [
      ...['--team', '--models', '--expires', '--rpm', '--tpm', '--concurrent'],
      ...['--tokens-per-day', '--tokens-per-month', '--usd-per-day'],
      ...['--usd-per-month', '--instance', '--kubeconfig', '--namespace'],
    ]) {
      expect(out.join()).toContain(option);
    }
  });

  it.each([
    ['', 'create, list and revoke'],
    ['delete --team quant --models a', 'create, list and revoke'],
    ['create --models a', '--team'],
    ['create --team Quant --models a', '--team'],
    ['create --team quant', '--models'],
    ['create --team quant --models ,', '--models'],
    ['create --team quant --models a --expires soon', '--expires'],
    ['create --team quant --models a --expires 2020-01-01', 'past'],
    ['create --team quant --models a --nosuch x', '--nosuch'],
    ['create --team quant --models a --rpm many', '--rpm'],
    ['create --team quant --models a --rpm=-1', '--rpm'],
    ['create --team quant --models a --usd-per-day 1e9', '--usd-per-day'],
    ['create quant --team quant --models a', 'quant'],
    ['list --rpm 5', '--rpm'],
    ['revoke', 'id'],
    ['revoke a b', 'id'],
  ])('refuses %p and shows how it is used', async (line, problem) => {
    expect(await run(line)).toBe(2);
    expect(err.join()).toContain(problem);
    expect(err.join()).toContain('Usage: yarn gateway:key');
    expect(secrets()).toEqual([]);
  });
});
