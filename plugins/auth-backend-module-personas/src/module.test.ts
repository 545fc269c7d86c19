import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import { authModulePersonas } from './module';

const mia = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'mia', namespace: 'default' },
  spec: { memberOf: ['quant'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/quant' }],
};

function start(listen: JsonObject | string, users = ['user:default/mia']) {
  return startTestBackend({
    features: [
      authPlugin,
      authModulePersonas,
      catalogServiceMock.factory({ entities: [mia] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007', listen },
          auth: {
            environment: 'development',
            providers: {
              personas: {
                development: {
                  users: users.map(entityRef => ({ entityRef, title: 'Mia' })),
                },
              },
            },
          },
        },
      }),
    ],
  });
}

describe('personas', () => {
  const environment = process.env as Record<string, string | undefined>;
  const before = environment.NODE_ENV;

  beforeEach(() => {
    environment.NODE_ENV = 'development';
  });

  afterEach(() => {
    environment.NODE_ENV = before;
  });

  it('signs in as a configured persona, and as nobody else', async () => {
    const backend = await start({ host: '127.0.0.1', port: 0 });
    const refresh = (persona?: string) => {
      const call = request(backend.server).get('/api/auth/personas/refresh');
      return persona ? call.set('x-llmp-persona', persona) : call;
    };
    const { status, body } = await refresh('user:default/mia');
    expect(status).toBe(200);
    expect(body.profile.displayName).toBe('Mia');
    expect(body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/mia',
      ownershipEntityRefs: ['user:default/mia', 'group:default/quant'],
    });
    expect(body.backstageIdentity.token).toEqual(expect.any(String));
    expect((await refresh('user:default/root')).status).toBe(401);
    expect((await refresh('::')).status).toBe(401);
    expect((await refresh()).status).toBe(401);
    await backend.stop();
  });

  it('refuses a request to another host name, as DNS rebinding makes it', async () => {
    const backend = await start({ host: '127.0.0.1', port: 0 });
    const statusFor = async (host: string) =>
      (
        await request(backend.server)
          .get('/api/auth/personas/refresh')
          .set('x-llmp-persona', 'user:default/mia')
          .set('host', host)
      ).status;
    for (const host of ['localhost:7007', '127.0.0.1', '[::1]:7007']) {
      expect(await statusFor(host)).toBe(200);
    }
    for (const host of ['evil.example', 'localhost.evil.example:7007']) {
      expect(await statusFor(host)).toBe(401);
    }
    await backend.stop();
  });

  it('refuses a process that is not for development', async () => {
    environment.NODE_ENV = 'production';
    await expect(start({ host: '127.0.0.1', port: 0 })).rejects.toThrow(
      'for development only',
    );
  });

  it.each([[{ port: 0 }], [{ host: '0.0.0.0', port: 0 }], [':7007']])(
    'refuses a backend that others can reach: %j',
    async listen => {
      await expect(start(listen)).rejects.toThrow('only this machine');
    },
  );

  it('offers nothing when a persona is not a user', async () => {
    const backend = await start({ host: 'localhost', port: 0 }, [
      'group:default/quant',
    ]);
    const { status } = await request(backend.server)
      .get('/api/auth/personas/refresh')
      .set('x-llmp-persona', 'group:default/quant');
    expect(status).toBe(404);
    await backend.stop();
  });
});
