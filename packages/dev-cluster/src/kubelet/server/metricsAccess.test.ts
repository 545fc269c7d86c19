import { createMetricsAccess } from './metricsAccess';

interface Asked {
  path: string;
  spec: Record<string, unknown>;
}

/** An API server that knows one token, and lets its bearer read one node. */
function apiServer(options: { fails?: boolean } = {}) {
  const asked: Asked[] = [];
  const answer = (path: string, spec: Record<string, unknown>): unknown => {
    if (path.endsWith('/tokenreviews')) {
      return spec.token === 'good'
        ? {
            status: {
              authenticated: true,
              user: { username: 'prometheus', groups: ['g'] },
            },
          }
        : { status: { authenticated: false } };
    }
    const { name, verb, resource, subresource } =
      spec.resourceAttributes as Record<string, string>;
    return {
      status: {
        allowed:
          spec.user === 'prometheus' &&
          `${verb} ${resource}/${subresource} ${name}` ===
            'get nodes/metrics node-1',
      },
    };
  };
  return {
    asked,
    create: async <T>(path: string, body: object): Promise<T> => {
      if (options.fails) {
        throw new Error('connect ECONNREFUSED');
      }
      const { spec } = body as { spec: Record<string, unknown> };
      asked.push({ path, spec });
      return answer(path, spec) as T;
    },
  };
}

describe('who may read the metrics of a node', () => {
  it('is said by the API server, for each token and node', async () => {
    const access = createMetricsAccess(apiServer());
    expect(await access.mayRead('good', 'node-1')).toBe(true);
    expect(await access.mayRead('good', 'node-2')).toBe(false);
    expect(await access.mayRead('bad', 'node-1')).toBe(false);
  });

  it('is asked again after a minute, and not before', async () => {
    let now = 0;
    const api = apiServer();
    const access = createMetricsAccess(api, () => now);
    await access.mayRead('good', 'node-1');
    const first = api.asked.length;
    now += 59_000;
    await access.mayRead('good', 'node-1');
    expect(api.asked).toHaveLength(first);
    now += 2_000;
    await access.mayRead('good', 'node-1');
    expect(api.asked).toHaveLength(2 * first);
  });

  it('is nobody while the API server does not answer', async () => {
    const access = createMetricsAccess(apiServer({ fails: true }));
    await expect(access.mayRead('good', 'node-1')).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});
