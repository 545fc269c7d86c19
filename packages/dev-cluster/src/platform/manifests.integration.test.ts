import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  GPU_RESOURCE,
  copyWithSettings,
  namespaces,
} from '@llm-platform/platform';
import { parseAllDocuments } from 'yaml';
import { buildControlPlane } from '../build';
import { readPlatformImages } from '../bundles';
import { parseImage } from '../kubelet/images';
import { defaultCacheDir } from '../paths';
import { findRepoDir } from '../repoDir';

const run = promisify(execFile);
const repoDir = findRepoDir();
const platformDir = path.join(repoDir, 'packages/platform');
const OVERLAYS = readdirSync(path.join(platformDir, 'overlays'));
const SETTINGS = {
  registry: '388691194728.dkr.ecr.us-west-2.amazonaws.com/llm-platform',
  domain: 'llm.acme.net',
};

let binDir: string;
let filledIn: string;

beforeAll(async () => {
  ({ binDir } = await buildControlPlane({
    moduleDir: path.join(repoDir, 'packages/dev-cluster'),
    cacheDir: defaultCacheDir(),
  }));
  filledIn = mkdtempSync(path.join(tmpdir(), 'llmp-manifests-'));
  await copyWithSettings({ platformDir, settings: SETTINGS, into: filledIn });
});

afterAll(() => {
  rmSync(filledIn, { recursive: true, force: true });
});

const kustomize = (dir: string) =>
  run(path.join(binDir, 'kubectl'), ['kustomize', dir], {
    maxBuffer: 64 * 1024 * 1024,
  });

interface Container {
  name: string;
  image: string;
  ports?: Array<{ name: string; containerPort: number }>;
  resources?: Record<'requests' | 'limits', Record<string, string>>;
  securityContext?: Record<string, unknown>;
}
interface Manifest {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
  };
  automountServiceAccountToken?: boolean;
  spec: {
    hard?: Record<string, string>;
    limits?: unknown[];
    ports?: Array<{ port: number; targetPort: string }>;
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        serviceAccountName?: string;
        automountServiceAccountToken?: boolean;
        securityContext?: Record<string, unknown>;
        volumes?: Array<{ persistentVolumeClaim?: unknown }>;
        containers: Container[];
      };
    };
  };
}

describe.each(OVERLAYS)('the manifests of the overlay %s', overlay => {
  let objects: Manifest[];
  let warnings: string;

  beforeAll(async () => {
    const built = await kustomize(path.join(filledIn, 'overlays', overlay));
    warnings = built.stderr;
    objects = parseAllDocuments(built.stdout).map(
      document => document.toJS() as Manifest,
    );
  });

  const ofKind = (kind: string) => objects.filter(o => o.kind === kind);
  /** The services of this repository; the portal is none of them. */
  const own = () =>
    ofKind('Deployment').filter(
      ({ metadata }) => metadata.labels?.['llm-platform.dev/service'],
    );
  const named = (o: Manifest) => `${o.metadata.namespace}/${o.metadata.name}`;

  it('are built without a warning, by fields that are not deprecated', () => {
    expect(warnings).toBe('');
    expect(own().map(named).sort()).toEqual([
      'eval/eval-api',
      'finetune/finetune-api',
      'platform/gateway',
      'quant/quant-api',
    ]);
  });

  it('deploy the tags that are built and pushed, of images with real names', () => {
    const images = [...ofKind('Deployment'), ...ofKind('DaemonSet')].flatMap(
      ({ spec }) => spec.template.spec.containers.map(({ image }) => image),
    );
    for (const image of images) {
      expect(parseImage(image)).toMatchObject({
        tag: expect.not.stringMatching(/latest/),
      });
    }
    const pushed = readPlatformImages(repoDir);
    const registry =
      overlay === 'embedded' ? 'llm-platform' : SETTINGS.registry;
    expect(
      own()
        .map(({ spec }) => spec.template.spec.containers[0].image)
        .sort(),
    ).toEqual(
      pushed.map(({ service, tag }) => `${registry}/${service}:${tag}`).sort(),
    );
  });

  it('have port 8000 in front and behind', () => {
    const routes = ofKind('Service').filter(
      ({ metadata }) =>
        metadata.name === 'gateway' ||
        metadata.name === 'portal' ||
        metadata.labels?.['llm-platform.dev/route'],
    );
    expect(routes.length).toBeGreaterThanOrEqual(5);
    for (const service of routes) {
      expect(service.spec.ports).toEqual([
        expect.objectContaining({ port: 8000, targetPort: 'http' }),
      ]);
    }
    for (const { spec } of own()) {
      expect(spec.template.spec.containers[0].ports).toContainEqual(
        expect.objectContaining({ name: 'http', containerPort: 8000 }),
      );
    }
  });

  it('run each service with nothing it does not need', () => {
    for (const deployment of own()) {
      const { spec } = deployment.spec.template;
      const [container] = spec.containers;
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        ...(spec.volumes && { fsGroup: 1000 }),
      });
      for (const amount of ['requests', 'limits'] as const) {
        expect(Object.keys(container.resources![amount]).sort()).toEqual([
          'cpu',
          'memory',
        ]);
      }
      // The gateway alone talks to the API server.
      expect(spec.automountServiceAccountToken).toBe(
        deployment.metadata.name === 'gateway' ? undefined : false,
      );
    }
  });

  it('label a team service so that the gateway finds it for its team', () => {
    const teams = Object.fromEntries(
      ofKind('Namespace').map(({ metadata }) => [
        metadata.name,
        metadata.labels?.['llm-platform.dev/team'],
      ]),
    );
    const services = ofKind('Service').filter(
      ({ metadata }) => metadata.labels?.['llm-platform.dev/service'],
    );
    expect(services).toHaveLength(3);
    for (const { metadata } of services) {
      expect(metadata.labels).toMatchObject({
        'llm-platform.dev/team': teams[metadata.namespace!],
        'llm-platform.dev/route': teams[metadata.namespace!],
      });
    }
  });

  it('give each namespace what is declared of it', () => {
    const found = (kind: string) =>
      Object.fromEntries(
        ofKind(kind).map(o => [o.metadata.namespace ?? o.metadata.name, o]),
      );
    const [made, quotas, ranges] = [
      'Namespace',
      'ResourceQuota',
      'LimitRange',
    ].map(found);
    expect(Object.keys(made).sort()).toEqual(
      namespaces.map(({ name }) => name).sort(),
    );
    for (const { name, team, podSecurity, quota, defaults } of namespaces) {
      expect(made[name].metadata.labels).toMatchObject({
        'llm-platform.dev/team': team,
        'pod-security.kubernetes.io/enforce': podSecurity,
      });
      const { [`requests.${GPU_RESOURCE}`]: gpus, ...others } = quota;
      expect(quotas[name].spec.hard).toEqual(
        // GPU pods beyond the quota are how the second node is seen to join.
        overlay === 'embedded'
          ? others
          : { ...others, [`requests.${GPU_RESOURCE}`]: gpus },
      );
      expect(ranges[name].spec.limits).toEqual([
        {
          type: 'Container',
          defaultRequest: defaults.requests,
          default: defaults.limits,
        },
      ]);
    }
  });
});

it.each(['dev', 'staging', 'prod'])(
  'the overlay %s is not built without its settings, and names them',
  async overlay => {
    await expect(
      kustomize(path.join(platformDir, 'overlays', overlay)),
    ).rejects.toThrow('fieldPath `data.registry` is missing');
  },
);

it.each(['dev', 'staging', 'prod'])(
  'the overlay %s puts the domain behind the hosts',
  async overlay => {
    const { stdout } = await kustomize(
      path.join(filledIn, 'overlays', overlay),
    );
    const hosts = parseAllDocuments(stdout)
      .map(document => document.toJS())
      .filter(({ kind }) => kind === 'Ingress')
      .map(({ spec }) => [spec.rules[0].host, ...spec.tls[0].hosts]);
    expect(hosts).toEqual(
      ['gateway', 'portal'].map(name =>
        Array(2).fill(`${name}.${overlay}.llm.acme.net`),
      ),
    );
  },
);
