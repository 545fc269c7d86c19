import { labels, PLATFORM_NAMESPACE } from '../labels';
import type { KubernetesObject } from '../manifests';
import {
  buildServicePreflight,
  gatewayKeyName,
  parseTeamServiceSpec,
  renderServiceManifests,
  renderTeamService,
  serviceImage,
  serviceInventory,
  type ServicePreflightFacts,
  type TeamServiceSpec,
} from '.';

function aService(
  change: Partial<TeamServiceSpec['spec']> = {},
): TeamServiceSpec {
  return {
    apiVersion: 'llm-platform.dev/v1alpha1',
    kind: 'TeamService',
    metadata: { name: 'summaries', namespace: 'quant', team: 'quant' },
    spec: {
      route: 'quant',
      model: 'smollm2',
      image: 'llm-platform/quant/summaries:0.1.0',
      replicas: 1,
      resources: {
        requests: { cpu: '50m', memory: '96Mi' },
        limits: { cpu: '500m', memory: '256Mi' },
      },
      limits: { requestsPerMinute: 60, tokensPerMinute: 20_000 },
      ...change,
    },
  };
}

const key = { id: 'k1', key: 'sk-llmp-secret', hash: 'ab'.repeat(32) };

function of(objects: KubernetesObject[], kind: string, namespace = 'quant') {
  return objects.find(
    object => object.kind === kind && object.metadata.namespace === namespace,
  )!;
}

function decoded(object: KubernetesObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object.data as Record<string, string>).map(
      ([name, value]) => [name, atob(value)],
    ),
  );
}

describe('the spec of a team service', () => {
  it('accepts what the form makes', () => {
    expect(parseTeamServiceSpec(aService())).toEqual({
      ok: true,
      spec: aService(),
    });
  });

  it.each([
    ['metadata.name', { metadata: { ...aService().metadata, name: 'Nö' } }],
    [
      'metadata.name',
      { metadata: { ...aService().metadata, name: 'a'.repeat(41) } },
    ],
    ['spec.route', aService({ route: 'a/b' })],
    ['spec.image', aService({ image: 'llm-platform/quant/summaries:latest' })],
    ['spec.image', aService({ image: 'llm-platform/quant/$TAG' })],
    ['spec.replicas', aService({ replicas: 17 })],
    [
      'spec.limits.requestsPerMinute',
      aService({ limits: { requestsPerMinute: 0 } }),
    ],
    [
      'spec.repository',
      aService({ repository: 'https://token@github.com/a/b' }),
    ],
    ['spec.repository', aService({ repository: 'ssh://git@github.com/a/b' })],
    ['spec.env', { spec: { ...aService().spec, env: {} } }],
  ])('names what is wrong with %s', (path, change) => {
    const parsed = parseTeamServiceSpec({ ...aService(), ...change });
    expect(parsed).toEqual({
      ok: false,
      problems: [expect.objectContaining({ path })],
    });
  });
});

describe('the objects of a team service', () => {
  const objects = renderTeamService(
    aService({ repository: 'https://github.com/a/b' }),
    { key },
  );

  it('puts the key into the team namespace and only its hash where the gateway reads', () => {
    expect(decoded(of(objects, 'Secret'))).toEqual({ key: 'sk-llmp-secret' });
    const known = of(objects, 'Secret', PLATFORM_NAMESPACE);
    expect(decoded(known)).toEqual({
      id: 'k1',
      hash: key.hash,
      team: 'quant',
      models: '["smollm2"]',
      requestsPerMinute: '60',
      tokensPerMinute: '20000',
    });
    expect(known.metadata.labels).toMatchObject({
      [labels.credential]: 'application-key',
    });
    expect(of(objects, 'Secret').metadata.labels).not.toHaveProperty([
      labels.credential,
    ]);
  });

  it('labels the Service as a route below /api and no model', () => {
    expect(of(objects, 'Service').metadata.labels).toMatchObject({
      [labels.service]: 'summaries',
      [labels.team]: 'quant',
      [labels.route]: 'quant',
    });
    expect(of(objects, 'Service').metadata.labels).not.toHaveProperty([
      labels.model,
    ]);
  });

  it('runs without rights, and asks the model through the gateway with its key', () => {
    const { template } = of(objects, 'Deployment').spec as {
      template: { metadata: object; spec: Record<string, unknown> };
    };
    expect(template.spec).toMatchObject({
      serviceAccountName: 'summaries',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
    });
    const [container] = template.spec.containers as Array<{
      env: Array<{ name: string; value?: string }>;
    }>;
    expect(container).toMatchObject({
      image: 'llm-platform/quant/summaries:0.1.0',
      ports: [{ containerPort: 8000 }, { containerPort: 9090 }],
      startupProbe: { httpGet: { path: '/startup' } },
      readinessProbe: { httpGet: { path: '/ready' } },
      livenessProbe: { httpGet: { path: '/health' } },
      securityContext: { readOnlyRootFilesystem: true },
    });
    expect(container.env).toEqual(
      expect.arrayContaining([
        {
          name: 'VLLM_BASE_URL',
          value: 'http://gateway.platform.svc.cluster.local:8000',
        },
        { name: 'MODEL', value: 'smollm2' },
        {
          name: 'VLLM_API_KEY',
          valueFrom: {
            secretKeyRef: { name: 'summaries-gateway-key', key: 'key' },
          },
        },
      ]),
    );
  });

  it('makes other pods for another key, and none for the same', () => {
    const template = (id: string) =>
      JSON.stringify(
        of(renderTeamService(aService(), { key: { id } }), 'Deployment').spec,
      );
    expect(template('k1')).toBe(template('k1'));
    expect(template('k1')).not.toBe(template('k2'));
  });

  it('writes nothing of a key that stays', () => {
    const kept = renderTeamService(aService(), { key: { id: 'k1' } });
    expect(of(kept, 'Secret')).not.toHaveProperty('data');
    expect(of(kept, 'Secret', PLATFORM_NAMESPACE)).not.toHaveProperty('data');
  });

  it('has no Secret for the repository', () => {
    const manifests = renderServiceManifests(aService());
    expect(manifests.map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'Service',
      'Deployment',
    ]);
    expect(JSON.stringify(manifests)).not.toContain('sk-llmp');
  });

  it('records in its parent which kinds it has, and that one is in another namespace', () => {
    const parent = serviceInventory.renderParent(aService(), {
      members: objects,
      revisions: [],
    });
    expect(parent.metadata).toMatchObject({
      name: 'summaries-service',
      namespace: 'quant',
      annotations: {
        'applyset.kubernetes.io/contains-group-kinds':
          'Deployment.apps,Secret,Service,ServiceAccount',
        'applyset.kubernetes.io/additional-namespaces': 'platform',
      },
    });
    expect(serviceInventory.readStored(parent).spec).toEqual(aService());
    const id = serviceInventory.applySetId(aService().metadata);
    for (const { metadata } of objects) {
      expect(metadata.labels?.[labels.applySetPartOf]).toBe(id);
    }
  });

  it('keeps the names of two teams apart', () => {
    const a = { namespace: 'a', name: 'b-c' };
    const b = { namespace: 'a-b', name: 'c' };
    expect(gatewayKeyName(a)).not.toBe(gatewayKeyName(b));
    expect(serviceImage(a, '1')).not.toBe(serviceImage(b, '1'));
  });
});

describe('the preflight of a team service', () => {
  const facts = (
    change: Partial<ServicePreflightFacts> = {},
  ): ServicePreflightFacts => ({
    spec: aService(),
    namespaceTeams: { quant: 'quant', eval: 'eval' },
    viewerTeams: ['quant'],
    existing: [],
    claims: [],
    usableModels: ['smollm2'],
    image: 'to be built',
    quotas: [],
    limitRanges: [],
    pods: [],
    dryRun: { changes: [], errors: [] },
    ...change,
  });

  function blocked(change: Partial<ServicePreflightFacts>) {
    const { checks, verdict } = buildServicePreflight(facts(change), {
      manifests: [],
    });
    const found = checks.filter(check => check.verdict === 'block');
    expect(verdict).toBe(found.length > 0 ? 'block' : 'pass');
    return found.map(({ id, message }) => `${id}: ${message}`).join('\n');
  }

  const ours = (kind: string) => ({
    apiVersion: 'v1',
    kind,
    metadata: {
      name: 'summaries',
      namespace: 'quant',
      labels: {
        [labels.applySetPartOf]: serviceInventory.applySetId(
          aService().metadata,
        ),
      },
    },
  });

  it('passes where all is free', () => {
    expect(blocked({})).toBe('');
  });

  it('refuses a name that is there, and says who made it', () => {
    expect(
      blocked({
        existing: [ours('Service')],
        madeBy: { runId: 'run-1', user: 'user:default/mia' },
        runId: 'run-2',
      }),
    ).toMatch(/name: .*already, made by user:default\/mia/);
  });

  it('lets the run that has begun it go on', () => {
    expect(
      blocked({
        existing: [ours('Service')],
        madeBy: { runId: 'run-1' },
        runId: 'run-1',
      }),
    ).toBe('');
  });

  it('does not take two runs without an id for one', () => {
    expect(blocked({ existing: [ours('Service')], madeBy: {} })).toMatch(
      /^name:/,
    );
  });

  it("refuses a name that something else has, a model's for example", () => {
    expect(
      blocked({
        existing: [
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'summaries', namespace: 'quant', labels: {} },
          },
        ],
      }),
    ).toMatch(/name: Service quant\/summaries exists/);
  });

  it('refuses a taken route, and says by whom only to who may know', () => {
    const claim = { route: 'quant', namespace: 'eval', service: 'theirs' };
    const hidden = blocked({ claims: [claim] });
    expect(hidden).toMatch(/route: .*a service of another team/);
    expect(hidden).not.toMatch(/theirs|eval/);
    expect(blocked({ claims: [claim], viewerTeams: undefined })).toMatch(
      /eval\/theirs of team eval/,
    );
  });

  it("refuses another team's name as a route, as the gateway does", () => {
    expect(blocked({ spec: aService({ route: 'eval' }) })).toMatch(
      /route: .*another team/,
    );
  });

  it('refuses a model that the person may not use', () => {
    expect(blocked({ usableModels: ['other'] })).toMatch(/^model:/);
  });

  it('refuses what the quota has no room for', () => {
    expect(
      blocked({
        quotas: [
          {
            apiVersion: 'v1',
            kind: 'ResourceQuota',
            metadata: { name: 'few', namespace: 'quant' },
            status: { hard: { pods: '3' }, used: { pods: '3' } },
          },
        ],
      }),
    ).toMatch(/quota few: pods is at 3 of 3/);
  });

  it('says unknown, not free, for what was not read', () => {
    const { verdict } = buildServicePreflight(facts({ claims: undefined }), {
      manifests: [],
    });
    expect(verdict).toBe('unknown');
  });
});
