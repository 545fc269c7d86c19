import { readApplicationKeys, readSigningKeys } from './records';

const data = {
  id: 'k1',
  hash: 'a'.repeat(64),
  team: 'quant',
  models: '["smol"]',
  expires: '2026-12-01T00:00:00Z',
};

describe('readApplicationKeys', () => {
  it('reads the data of a Secret', () => {
    expect(readApplicationKeys([{ name: 's', data }])).toEqual({
      problems: [],
      records: [
        {
          id: 'k1',
          hash: 'a'.repeat(64),
          team: 'quant',
          models: ['smol'],
          expiresAt: Date.parse('2026-12-01T00:00:00Z'),
        },
      ],
    });
  });

  it('reads the limits among its fields', () => {
    const { records } = readApplicationKeys([
      {
        name: 's',
        data: { ...data, requestsPerMinute: '60', usdPerDay: '0.5' },
      },
    ]);
    expect(records[0].limits).toEqual({
      requestsPerMinute: 60,
      usdPerDay: 0.5,
    });
  });

  it('leaves out a revoked one', () => {
    expect(
      readApplicationKeys([
        { name: 's', data: { ...data, revoked: '2026-11-01T00:00:00Z' } },
      ]),
    ).toEqual({ records: [], problems: [] });
  });

  it.each([
    ['hash', 'sk-llmp-the-key-itself'],
    ['hash', ''],
    ['team', ''],
    ['models', 'smol'],
    ['models', '"*"'],
    ['expires', 'soon'],
    ['requestsPerMinute', 'many'],
    ['tokensPerDay', '-1'],
    ['concurrent', '1.5'],
    ['usdPerMonth', '1e3'],
  ])('refuses one whose %s is %p, without repeating it', (name, value) => {
    const { records, problems } = readApplicationKeys([
      { name: 's', data: { ...data, [name]: value } },
    ]);
    expect(records).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(`'s'`)]);
    expect(problems[0]).toContain(name);
    expect(problems[0]).not.toContain('the-key-itself');
  });
});

describe('readSigningKeys', () => {
  it('reads the keys it can and names the others', () => {
    expect(
      readSigningKeys({
        p1: '{"kty":"OKP","crv":"Ed25519","x":"abc","notAfter":"2026-12-01T00:00:00Z"}',
        p2: 'not json',
      }),
    ).toEqual({
      records: [
        {
          kid: 'p1',
          jwk: { kty: 'OKP', crv: 'Ed25519', x: 'abc' },
          notAfter: Date.parse('2026-12-01T00:00:00Z'),
        },
      ],
      problems: [expect.stringContaining("'p2'")],
    });
  });
});
