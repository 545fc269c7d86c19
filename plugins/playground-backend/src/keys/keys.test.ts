import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { decodeProtectedHeader } from 'jose';
import { KeyPublisher } from './KeyPublisher';
import { mergeKeys } from './mergeKeys';
import { SigningKeys } from './SigningKeys';
import type { PublishedKey, StoredKeys } from './types';

const HOUR = 60 * 60 * 1000;

const key = (kid: string, notAfter: string): PublishedKey => ({
  kty: 'OKP',
  kid,
  notAfter,
});

describe('SigningKeys', () => {
  it('rotates daily and keeps the retired key for a while', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const keys = SigningKeys.create({ now: () => now });
    const claims = { user: 'user:default/mia', team: 'quant', models: ['a'] };
    const kidOf = async () =>
      decodeProtectedHeader(await keys.sign(claims)).kid;

    const [first, again] = await Promise.all([kidOf(), kidOf()]);
    expect(again).toBe(first);

    now += 24 * HOUR + 1;
    const second = await kidOf();
    expect(second).not.toBe(first);
    expect((await keys.published()).map(({ kid }) => kid)).toEqual([
      first,
      second,
    ]);

    now += HOUR;
    expect((await keys.published()).map(({ kid }) => kid)).toEqual([second]);
    expect(JSON.stringify(await keys.published())).not.toContain('"d":');
  });
});

describe('mergeKeys', () => {
  const now = Date.parse('2026-01-02T00:00:00Z');
  const own = key('own', '2026-01-03T00:00:00Z');
  const other = key('other', '2026-01-02T12:00:00Z');
  const expired = key('expired', '2026-01-01T00:00:00Z');
  const text = (...keys: PublishedKey[]) =>
    Object.fromEntries(keys.map(k => [k.kid, JSON.stringify(k)]));

  it.each([
    ['nothing there yet', undefined, text(own)],
    ['another replica', text(other), text(other, own)],
    ['an expired key', text(expired, own), text(own)],
    ['broken entries', { ...text(own), x: '{', y: '{}' }, text(own)],
    ['up to date', text(own, other), undefined],
    ['an empty object', {}, text(own)],
  ])('%s', (_name, stored, expected) => {
    expect(mergeKeys({ stored, own: [own], now })).toEqual(expected);
  });

  it('stays small', () => {
    const many = text(
      ...Array.from({ length: 80 }, (_, i) => key(`k${i}`, other.notAfter)),
    );
    const merged = mergeKeys({ stored: many, own: [own], now });
    expect(Object.keys(merged ?? {})).toHaveLength(50);
    expect(merged).toHaveProperty('own');
  });
});

describe('KeyPublisher', () => {
  it('adds to what another replica wrote at the same time', async () => {
    const keys = SigningKeys.create();
    const [{ kid }] = await keys.published();
    const foreign = key('foreign', new Date(Date.now() + HOUR).toISOString());
    const store: StoredKeys = { data: {}, resourceVersion: '1' };
    const publisher = KeyPublisher.create({
      keys,
      logger: mockServices.logger.mock(),
      stores: () => [
        {
          cluster: 'a',
          read: async () => ({ ...store }),
          write: async next => {
            if (store.resourceVersion === '1') {
              store.data = { foreign: JSON.stringify(foreign) };
              store.resourceVersion = '2';
            }
            if (next.resourceVersion !== store.resourceVersion) {
              throw new ConflictError('changed');
            }
            store.data = next.data;
          },
        },
      ],
    });
    await publisher.publishAll();
    expect(Object.keys(store.data).sort()).toEqual(['foreign', kid].sort());
    expect(publisher.isPublished('a')).toBe(true);
  });

  it('survives a cluster that is down, and says so once', async () => {
    const logger = mockServices.logger.mock();
    let down = true;
    const publisher = KeyPublisher.create({
      keys: SigningKeys.create(),
      logger,
      stores: () => [
        {
          cluster: 'a',
          read: async () => {
            if (down) {
              throw new Error('connect ECONNREFUSED');
            }
            return undefined;
          },
          write: async () => {},
        },
      ],
    });
    await publisher.publishAll();
    await publisher.publishAll();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(publisher.isPublished('a')).toBe(false);

    down = false;
    await publisher.publishAll();
    expect(publisher.isPublished('a')).toBe(true);
    expect(await publisher.publish('unknown')).toBe(false);
  });
});
