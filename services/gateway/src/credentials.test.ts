import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from 'jose';
import { FakeUpstream } from './testing/FakeUpstream';
import {
  keyRecord,
  QUANT_KEY,
  routeTo,
  TestGateway,
} from './testing/TestGateway';

type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>;

const NOW = Date.parse('2026-11-23T12:00:00Z');
const seconds = (ms: number) => Math.floor(ms / 1000);

describe('credentials of the gateway', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;
  let now: number;
  let portal: SigningKey;

  async function publish(kid: string, pair: SigningKey, notAfter?: number) {
    gateway.credentials.sink?.onSigningKeys([
      {
        kid,
        jwk: (await exportJWK(pair.publicKey)) as Record<string, unknown>,
        ...(notAfter !== undefined && { notAfter }),
      },
    ]);
  }

  function tokenOf(
    pair: SigningKey,
    claims: JWTPayload = {},
    header: { kid?: string } = { kid: 'p1' },
  ) {
    return new SignJWT({
      iss: 'llm-platform-portal',
      aud: 'llm-platform-gateway',
      sub: 'user:default/mia',
      team: 'quant',
      models: ['smol'],
      exp: seconds(now) + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA', ...header })
      .sign(pair.privateKey);
  }

  async function statusWith(headers: Record<string, string>) {
    const response = await fetch(`${gateway.url}/v1/models`, { headers });
    const body = await response.json();
    return [response.status, body.error?.code];
  }

  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

  beforeEach(async () => {
    now = NOW;
    upstream = await FakeUpstream.start();
    gateway = await TestGateway.start({ now: () => now });
    gateway.setRoutes([
      routeTo(upstream.origin),
      routeTo(upstream.origin, { name: 'mistral' }),
      routeTo(upstream.origin, { name: 'judge', team: 'eval' }),
    ]);
    portal = await generateKeyPair('EdDSA', { extractable: true });
    await publish('p1', portal);
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  it('answers 401 in the shape of OpenAI without a credential', async () => {
    const response = await fetch(`${gateway.url}/v1/models`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('x-request-id')).toBeTruthy();
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringContaining("didn't provide an API key"),
        type: 'invalid_request_error',
        param: null,
        code: 'missing_api_key',
      },
    });
  });

  it.each([
    ['a key nobody has', bearer('sk-llmp-other')],
    ['an empty key', bearer('sk-llmp-')],
    ['something else', bearer('hello')],
    ['a very long one', bearer('x'.repeat(9000))],
    ['a wrong x-api-key', { 'x-api-key': 'sk-llmp-other' }],
  ])('refuses %s', async (_name, headers) => {
    expect(await statusWith(headers)).toEqual([401, 'invalid_api_key']);
  });

  it('does not read a body before it knows who sends it', async () => {
    const response = await gateway.chat('not json', {
      headers: { authorization: 'Bearer sk-llmp-other' },
    });
    expect(response.status).toBe(401);
    expect(upstream.received).toHaveLength(0);
  });

  it('takes a key as bearer or as x-api-key', async () => {
    expect(await statusWith(bearer(QUANT_KEY))).toEqual([200, undefined]);
    expect(await statusWith({ 'x-api-key': QUANT_KEY })).toEqual([
      200,
      undefined,
    ]);
    expect(
      await statusWith({ authorization: 'Basic eDp5', 'x-api-key': QUANT_KEY }),
    ).toEqual([200, undefined]);
  });

  it('refuses a key from the moment it expires', async () => {
    gateway.setKeys([keyRecord(QUANT_KEY, { expiresAt: NOW + 1000 })]);
    expect(await statusWith(bearer(QUANT_KEY))).toEqual([200, undefined]);
    now = NOW + 1000;
    expect(await statusWith(bearer(QUANT_KEY))).toEqual([
      401,
      'expired_api_key',
    ]);
  });

  it('refuses a key from the moment it is deleted', async () => {
    expect(await statusWith(bearer(QUANT_KEY))).toEqual([200, undefined]);
    gateway.setKeys([]);
    expect(await statusWith(bearer(QUANT_KEY))).toEqual([
      401,
      'invalid_api_key',
    ]);
  });

  it("takes the portal's token and names the person in the log", async () => {
    expect(await statusWith(bearer(await tokenOf(portal)))).toEqual([
      200,
      undefined,
    ]);
    await gateway.stop();
    expect(gateway.logLines.join('')).toContain('"subject":"user:default/mia"');
    gateway = await TestGateway.start();
  });

  it.each<[string, (other: SigningKey) => Promise<string> | string, string]>([
    [
      'for another audience',
      () => tokenOf(portal, { aud: 'somebody-else' }),
      'invalid_api_key',
    ],
    [
      'of another issuer',
      () => tokenOf(portal, { iss: 'somebody-else' }),
      'invalid_api_key',
    ],
    ['of another key', other => tokenOf(other), 'invalid_api_key'],
    [
      'of an unknown key id',
      () => tokenOf(portal, {}, { kid: 'p2' }),
      'invalid_api_key',
    ],
    ['without a key id', () => tokenOf(portal, {}, {}), 'invalid_api_key'],
    [
      'that is over',
      () => tokenOf(portal, { exp: seconds(NOW) - 60 }),
      'expired_api_key',
    ],
    [
      'that never ends',
      () => tokenOf(portal, { exp: undefined }),
      'invalid_api_key',
    ],
    [
      'that lives for an hour',
      () => tokenOf(portal, { exp: seconds(NOW) + 3600 }),
      'invalid_api_key',
    ],
    [
      'without a team',
      () => tokenOf(portal, { team: undefined }),
      'invalid_api_key',
    ],
    [
      'with models that are no list',
      () => tokenOf(portal, { models: '*' }),
      'invalid_api_key',
    ],
    [
      'that is not signed (alg none)',
      () =>
        new UnsecuredJWT({
          team: 'quant',
          models: ['smol'],
          sub: 'user:default/mia',
        })
          .setIssuer('llm-platform-portal')
          .setAudience('llm-platform-gateway')
          .setExpirationTime(seconds(NOW) + 300)
          .encode(),
      'invalid_api_key',
    ],
    [
      'signed with the public key as an HMAC secret',
      async () =>
        new SignJWT({
          team: 'quant',
          models: ['smol'],
          sub: 'user:default/mia',
          iss: 'llm-platform-portal',
          aud: 'llm-platform-gateway',
          exp: seconds(NOW) + 300,
        })
          .setProtectedHeader({ alg: 'HS256', kid: 'p1' })
          .sign(
            Buffer.from((await exportJWK(portal.publicKey)).x!, 'base64url'),
          ),
      'invalid_api_key',
    ],
    [
      'with a changed payload',
      async () => {
        const [header, payload, signature] = (await tokenOf(portal)).split('.');
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
        return [
          header,
          Buffer.from(
            JSON.stringify({ ...claims, models: ['judge'] }),
          ).toString('base64url'),
          signature,
        ].join('.');
      },
      'invalid_api_key',
    ],
  ])('refuses a token %s', async (_name, make, code) => {
    const other = await generateKeyPair('EdDSA');
    expect(await statusWith(bearer(await make(other)))).toEqual([401, code]);
  });

  it('refuses tokens of a key that was withdrawn or is over', async () => {
    const token = await tokenOf(portal);
    await publish('p1', portal, NOW);
    expect(await statusWith(bearer(token))).toEqual([401, 'invalid_api_key']);
    await publish('p2', portal);
    expect(await statusWith(bearer(token))).toEqual([401, 'invalid_api_key']);
  });

  it('refuses a signing key that is published with its private half', async () => {
    gateway.credentials.sink?.onSigningKeys([
      {
        kid: 'p1',
        jwk: (await exportJWK(portal.privateKey)) as Record<string, unknown>,
      },
    ]);
    expect(await statusWith(bearer(await tokenOf(portal)))).toEqual([
      401,
      'invalid_api_key',
    ]);
    expect(gateway.logLines.join('')).toContain('private half');
  });

  describe('which models a credential may use', () => {
    async function listed(credential: string) {
      const response = await gateway.get('/v1/models', bearer(credential));
      return (await response.json()).data.map((m: { id: string }) => m.id);
    }

    async function chatWith(credential: string, model: string) {
      const response = await gateway.chat(
        { model },
        { headers: bearer(credential) },
      );
      return [response.status, (await response.json()).error?.code];
    }

    it("lists and serves the team's models to a key for all of them", async () => {
      expect(await listed(QUANT_KEY)).toEqual(['mistral', 'smol']);
      expect(await chatWith(QUANT_KEY, 'mistral')).toEqual([200, undefined]);
    });

    it("hides another team's model as if it did not exist", async () => {
      expect(await chatWith(QUANT_KEY, 'judge')).toEqual([
        404,
        'model_not_found',
      ]);
      const [hidden, absent] = await Promise.all(
        ['judge', 'nosuch'].map(async model => {
          const response = await gateway.chat({ model });
          return (await response.text()).replaceAll(model, 'X');
        }),
      );
      expect(hidden).toBe(absent);
      const single = await gateway.get('/v1/models/judge');
      expect(single.status).toBe(404);
    });

    it('limits a key to the models that it names', async () => {
      gateway.setKeys([keyRecord(QUANT_KEY, { models: ['smol'] })]);
      expect(await listed(QUANT_KEY)).toEqual(['smol']);
      expect(await chatWith(QUANT_KEY, 'smol')).toEqual([200, undefined]);
      expect(await chatWith(QUANT_KEY, 'mistral')).toEqual([
        403,
        'model_not_allowed',
      ]);
    });

    it("serves another team's model to a key that names it", async () => {
      gateway.setKeys([
        keyRecord(QUANT_KEY, { team: 'platform', models: ['judge'] }),
      ]);
      expect(await listed(QUANT_KEY)).toEqual(['judge']);
      expect(await chatWith(QUANT_KEY, 'judge')).toEqual([200, undefined]);
      expect(await chatWith(QUANT_KEY, 'smol')).toEqual([
        404,
        'model_not_found',
      ]);
    });

    it("hides a route of another team from the portal's token that names it", async () => {
      const token = await tokenOf(portal, {
        team: 'quant',
        models: ['judge'],
      });
      expect(await listed(token)).toEqual([]);
      expect(await chatWith(token, 'judge')).toEqual([404, 'model_not_found']);
    });
  });

  it('never passes the credential on and never logs it', async () => {
    const token = await tokenOf(portal);
    const requests: Array<Record<string, string>> = [
      bearer(QUANT_KEY),
      { authorization: '', 'x-api-key': QUANT_KEY },
      { ...bearer(token), cookie: 'session=secret-cookie' },
      bearer('sk-llmp-a-wrong-one'),
    ];
    for (const headers of requests) {
      await (
        await gateway.chat(
          { model: 'smol', messages: [{ content: 'a secret prompt' }] },
          { headers },
        )
      ).text();
    }
    await gateway.get(`/v1/models?key=${QUANT_KEY}`);
    await gateway.stop();

    const seen = JSON.stringify(upstream.received.map(r => r.headers));
    const logged = gateway.logLines.join('');
    expect(upstream.received).toHaveLength(3);
    expect(logged).toContain('"credential":"application-key/k1"');
    for (const secret of [QUANT_KEY, token, 'secret-cookie', 'a-wrong-one']) {
      expect(seen).not.toContain(secret);
      expect(logged).not.toContain(secret);
    }
    expect(logged).not.toContain('secret prompt');
    gateway = await TestGateway.start();
  });
});
