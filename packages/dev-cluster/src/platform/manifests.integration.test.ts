import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { buildControlPlane } from '../build';
import { readPlatformImages } from '../bundles';
import { parseImage } from '../kubelet/images';
import { defaultCacheDir } from '../paths';
import { findRepoDir } from '../repoDir';

const run = promisify(execFile);
const repoDir = findRepoDir();
const platformDir = path.join(repoDir, 'packages/platform');
const OVERLAYS = readdirSync(path.join(platformDir, 'overlays'));

interface Probe {
  httpGet?: { path: string; port: string };
}
interface Container {
  name: string;
  image: string;
  ports?: Array<{ name: string; containerPort: number }>;
  env?: Array<{ name: string; value?: string }>;
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
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
    selector: Record<string, unknown>;
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
    const { binDir } = await buildControlPlane({
      moduleDir: path.join(repoDir, 'packages/dev-cluster'),
      cacheDir: defaultCacheDir(),
    });
    const built = await run(
      path.join(binDir, 'kubectl'),
      ['kustomize', path.join(platformDir, 'overlays', overlay)],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    warnings = built.stderr;
    objects = parseAllDocuments(built.stdout).map(
      document => document.toJS() as Manifest,
    );
  });

  const ofKind = (kind: string) => objects.filter(o => o.kind === kind);
  const own = () =>
    ofKind('Deployment').filter(({ spec }) =>
      spec.template.spec.containers[0].image.includes('llm-platform/'),
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
    const images = ofKind('Deployment').flatMap(({ spec }) =>
      spec.template.spec.containers.map(({ image }) => image),
    );
    for (const image of images) {
      expect(parseImage(image)).toMatchObject({
        tag: expect.not.stringMatching(/latest/),
      });
    }
    const pushed = readPlatformImages(repoDir);
    expect(
      images
        .filter(image => image.includes('llm-platform/'))
        .map(image => image.replace(/^.*\//, ''))
        .sort(),
    ).toEqual(pushed.map(({ service, tag }) => `${service}:${tag}`).sort());
  });

  it('have port 8000 in front and behind', () => {
    for (const service of ofKind('Service')) {
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

  it('name in every address a port that a Service has', () => {
    const known = ofKind('Service').flatMap(({ metadata, spec }) =>
      (spec.ports ?? []).map(
        ({ port }) =>
          `http://${metadata.name}.${metadata.namespace}.svc.cluster.local:${port}`,
      ),
    );
    const values = own()
      .flatMap(({ spec }) => spec.template.spec.containers[0].env ?? [])
      .map(({ value }) => value ?? '');
    const addresses = values.flatMap(
      value => value.match(/https?:\/\/[^"\s]+/g) ?? [],
    );
    expect(addresses.length).toBeGreaterThanOrEqual(3);
    expect(addresses.filter(address => !known.includes(address))).toEqual([]);
  });

  it('give every team service one model backend and its team', () => {
    const services = own().filter(
      ({ metadata }) => metadata.name !== 'gateway',
    );
    for (const { metadata, spec } of services) {
      const env = spec.template.spec.containers[0].env ?? [];
      const backends = env.filter(({ name }) =>
        ['VLLM_BASE_URL', 'SAGEMAKER_ENDPOINT_NAME'].includes(name),
      );
      expect(backends).toHaveLength(1);
      expect(env).toContainEqual({ name: 'TEAM', value: metadata.namespace });
    }
  });

  it('ask each service how it is, at its own paths', () => {
    for (const { spec } of own()) {
      const [container] = spec.template.spec.containers;
      const asks = (where: string) => ({
        httpGet: { path: where, port: 'http' },
      });
      expect(container.startupProbe).toMatchObject(asks('/startup'));
      expect(container.livenessProbe).toMatchObject(asks('/health'));
      expect(container.readinessProbe).toMatchObject(asks('/ready'));
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

  it('have selectors that no label of the whole platform gets into', () => {
    for (const { spec } of ofKind('Deployment')) {
      expect(spec.selector).toEqual({
        matchLabels: {
          'app.kubernetes.io/name':
            spec.template.metadata.labels['app.kubernetes.io/name'],
        },
      });
    }
  });
});

it('no manifest lies around that no overlay deploys', () => {
  const used = new Set<string>();
  const visit = (file: string) => {
    if (statSync(file).isDirectory()) {
      visit(path.join(file, 'kustomization.yaml'));
      return;
    }
    used.add(file);
    if (path.basename(file) !== 'kustomization.yaml') {
      return;
    }
    const { resources = [], patches = [] } = parse(readFileSync(file, 'utf8'));
    for (const name of [
      ...resources,
      ...patches.map((patch: { path: string }) => patch.path),
    ]) {
      visit(path.join(path.dirname(file), name));
    }
  };
  OVERLAYS.forEach(name => visit(path.join(platformDir, 'overlays', name)));
  const present = ['base', 'overlays'].flatMap(folder =>
    readdirSync(path.join(platformDir, folder), {
      recursive: true,
      encoding: 'utf8',
    })
      .map(name => path.join(platformDir, folder, name))
      .filter(name => /\.ya?ml$/.test(name)),
  );
  expect(present.filter(file => !used.has(file))).toEqual([]);
});
