import {
  buildRoutes,
  type DeploymentFacts,
  type EndpointSliceFacts,
  type NamespaceFacts,
  type ServiceFacts,
} from './buildRoutes';

function service(
  over: {
    namespace?: string;
    name?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    created?: string | Date;
  } = {},
): ServiceFacts {
  return {
    metadata: {
      namespace: over.namespace ?? 'quant',
      name: over.name ?? 'smol',
      labels: over.labels ?? {
        'llm-platform.dev/route': 'smol',
        'llm-platform.dev/team': 'quant',
      },
      annotations: over.annotations,
      creationTimestamp: over.created ?? '2026-01-01T00:00:00Z',
    },
    spec: { selector: { app: 'smol' } },
  };
}

function slice(
  endpoints: EndpointSliceFacts['endpoints'],
  over: Partial<EndpointSliceFacts> = {},
): EndpointSliceFacts {
  return {
    metadata: {
      namespace: 'quant',
      labels: { 'kubernetes.io/service-name': 'smol' },
    },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8000, protocol: 'TCP' }],
    endpoints,
    ...over,
  };
}

const namespaces: NamespaceFacts[] = ['quant', 'eval'].map(name => ({
  metadata: { name, labels: { 'llm-platform.dev/team': name } },
}));

const origins = (built: ReturnType<typeof buildRoutes>) =>
  built.routes[0].endpoints.map(endpoint => endpoint.origin);

describe('buildRoutes', () => {
  it('takes the ready endpoints of all slices of a Service', () => {
    const built = buildRoutes({
      namespaces,
      services: [service()],
      endpointSlices: [
        slice([
          { addresses: ['10.244.0.5'], conditions: { ready: true } },
          { addresses: ['10.244.0.6'], conditions: { ready: false } },
          { addresses: ['10.244.0.7'] },
        ]),
        slice([{ addresses: ['fd00::1'], conditions: { ready: true } }], {
          addressType: 'IPv6',
        }),
        slice([{ addresses: ['10.9.9.9'] }], {
          metadata: {
            namespace: 'eval',
            labels: { 'kubernetes.io/service-name': 'smol' },
          },
        }),
      ],
    });
    expect(built).toEqual({
      problems: [],
      routes: [
        {
          kind: 'model',
          name: 'smol',
          servedName: 'smol',
          team: 'quant',
          namespace: 'quant',
          service: 'smol',
          created: 1767225600,
          state: 'ready',
          endpoints: [
            { origin: 'http://10.244.0.5:8000' },
            { origin: 'http://10.244.0.7:8000' },
            { origin: 'http://[fd00::1]:8000' },
          ],
        },
      ],
    });
  });

  it('prefers the port named http', () => {
    const built = buildRoutes({
      namespaces,
      services: [service()],
      endpointSlices: [
        slice([{ addresses: ['10.244.0.5'] }], {
          ports: [
            { name: 'metrics', port: 9090 },
            { name: 'http', port: 8000 },
          ],
        }),
      ],
    });
    expect(origins(built)).toEqual(['http://10.244.0.5:8000']);
  });

  it('takes names that are no label values from annotations', () => {
    const built = buildRoutes({
      namespaces,
      services: [
        service({
          annotations: {
            'llm-platform.dev/route-name': 'org/Smol',
            'llm-platform.dev/served-model-name': 'smol-135m',
          },
        }),
      ],
      endpointSlices: [],
    });
    expect(built.routes[0]).toMatchObject({
      name: 'org/Smol',
      servedName: 'smol-135m',
    });
  });

  it.each([['モデル'], ['smol\r\nx: y'], ['a b'], ['x'.repeat(257)]])(
    'refuses a name that no header could hold: %j',
    name => {
      const built = buildRoutes({
        namespaces,
        services: [
          service({ annotations: { 'llm-platform.dev/route-name': name } }),
        ],
        endpointSlices: [],
      });
      expect(built.routes).toEqual([]);
      expect(built.problems).toEqual([expect.stringContaining('is no name')]);
    },
  );

  it('leaves a name with the Service that had it first', () => {
    const later = service({
      namespace: 'eval',
      labels: {
        'llm-platform.dev/route': 'smol',
        'llm-platform.dev/team': 'eval',
      },
      created: new Date('2026-02-01T00:00:00Z'),
    });
    const built = buildRoutes({
      namespaces,
      services: [later, service()],
      endpointSlices: [],
    });
    expect(built.routes.map(route => route.team)).toEqual(['quant']);
    expect(built.problems).toEqual([
      "Service eval/smol asks for route 'smol', which the older Service quant/smol has",
    ]);
  });

  it("goes by the namespace's team, not by what the Service says", () => {
    const built = buildRoutes({
      namespaces,
      services: [service({ namespace: 'eval' })],
      endpointSlices: [],
    });
    expect(built.routes.map(route => route.team)).toEqual(['eval']);
  });

  it('refuses a Service in a namespace without a team', () => {
    const built = buildRoutes({
      namespaces: [{ metadata: { name: 'quant' } }],
      services: [service()],
      endpointSlices: [],
    });
    expect(built.routes).toEqual([]);
    expect(built.problems[0]).toContain('llm-platform.dev/team');
  });

  const deployment = (replicas: number, namespace = 'quant') => ({
    metadata: { namespace },
    spec: {
      replicas,
      template: { metadata: { labels: { app: 'smol', tier: 'model' } } },
    },
  });

  it.each<
    [
      string,
      EndpointSliceFacts['endpoints'],
      DeploymentFacts[] | undefined,
      string,
    ]
  >([
    ['nothing is known', [], undefined, 'unavailable'],
    [
      'a pod is not ready',
      [{ addresses: ['10.244.0.5'], conditions: { ready: false } }],
      undefined,
      'starting',
    ],
    [
      'the last pod is going',
      [
        {
          addresses: ['10.244.0.5'],
          conditions: { ready: false, terminating: true },
        },
      ],
      undefined,
      'unavailable',
    ],
    ['zero replicas are asked for', [], [deployment(0)], 'scaled-to-zero'],
    ['replicas are asked for', [], [deployment(1)], 'starting'],
    [
      'only another namespace has such a Deployment',
      [],
      [deployment(0, 'eval')],
      'unavailable',
    ],
    [
      'a pod still stands although zero are asked for',
      [{ addresses: ['10.244.0.5'], conditions: { ready: true } }],
      [deployment(0)],
      'ready',
    ],
  ])('tells the state when %s', (_n, endpoints, deployments, state) => {
    const built = buildRoutes({
      namespaces,
      services: [service()],
      endpointSlices: [slice(endpoints)],
      ...(deployments && { deployments }),
    });
    expect(built.routes[0].state).toBe(state);
  });

  describe('team services', () => {
    const teamService = (
      over: Parameters<typeof service>[0] & { route?: string } = {},
    ) =>
      service({
        name: 'quant-api',
        ...over,
        labels: {
          'llm-platform.dev/service': 'quant-api',
          'llm-platform.dev/route': over.route ?? 'quant',
          ...over.labels,
        },
      });
    const built = (...services: ServiceFacts[]) =>
      buildRoutes({ namespaces, services, endpointSlices: [] });

    it('have names of their own beside the models', () => {
      const { routes, problems } = built(
        teamService(),
        service({ labels: { 'llm-platform.dev/route': 'quant' } }),
      );
      expect(problems).toEqual([]);
      expect(routes.map(route => [route.kind, route.name])).toEqual([
        ['service', 'quant'],
        ['model', 'quant'],
      ]);
    });

    it('are no models, unless the Service says that it serves one', () => {
      const { routes } = built(
        teamService({ labels: { 'llm-platform.dev/model': 'smol' } }),
      );
      expect(routes[0].kind).toBe('model');
    });

    it('may not take the name of another team', () => {
      const { routes, problems } = built(
        teamService({ namespace: 'eval', route: 'quant' }),
        teamService({ namespace: 'eval', name: 'b', route: 'judge' }),
      );
      expect(routes.map(route => route.name)).toEqual(['judge']);
      expect(problems).toEqual([
        expect.stringContaining('the name of another team'),
      ]);
    });

    it('cannot be passed off by the name of a model', () => {
      const { routes, problems } = built(
        service({
          annotations: { 'llm-platform.dev/route-name': 'api/quant' },
        }),
      );
      expect(routes).toEqual([]);
      expect(problems).toEqual([expect.stringContaining("'api/quant'")]);
    });
  });

  it('reads affinity and fallback, and reports an affinity that is none', () => {
    const { routes, problems } = buildRoutes({
      namespaces,
      services: [
        service({
          annotations: {
            'llm-platform.dev/affinity': 'prefix',
            'llm-platform.dev/fallback': 'small',
          },
        }),
        service({
          name: 'other',
          labels: { 'llm-platform.dev/route': 'other' },
          annotations: { 'llm-platform.dev/affinity': 'sticky' },
        }),
      ],
      endpointSlices: [],
    });
    expect(
      routes.map(({ name, affinity, fallback }) => [name, affinity, fallback]),
    ).toEqual([
      ['other', undefined, undefined],
      ['smol', 'prefix', 'small'],
    ]);
    expect(problems).toEqual([expect.stringContaining("affinity 'sticky'")]);
  });
});
