import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { admissionProblems } from '../check/admission';
import {
  MANIFEST_DIRECTORIES,
  Manifests,
  isReadOtherwise,
} from '../check/manifests';
import { configurationProblems } from '../check/observability';
import { Environment, addons, environments, nodeGroup } from '../declarations';
import { EmbeddedCluster, platformDir } from '../embedded';
import { checkModelsFit } from '../models';
import { planCapacity } from '../planner';
import { activatePolicies, readFixtures } from '../policies';
import { ensurePrometheus } from '../programs';
import {
  Problem,
  checkFiles,
  checkReferences,
  parseOutside,
  readTree,
} from '../references';
import { RenderedObject, renderDirectory } from '../rendered';
import { checkSelectorsKept, parseSelectors } from '../selectors';
import { checkServices } from '../services';
import { checkSettings } from '../settings';
import { MistakenManifests } from './mistakes';

/** An instance that no other test uses at the same time. */
const INSTANCE = 5;
const MODEL = 'base/llm-baseline/deployment.yaml';
const PROMETHEUS = 'base/observability/prometheus/deployment.yaml';
const LOKI = 'base/observability/loki';
const DEVICE_PLUGIN = 'base/gpu-nodes/device-plugin.yaml';

/** What looks at manifests and says what is wrong. */
type Guard = (
  manifests: MistakenManifests,
  overlay: string,
) => Promise<string[]>;

interface Mistake {
  incident: number;
  what: string;
  putBack(manifests: MistakenManifests): Promise<void>;
  guard: keyof typeof guards;
  /** dev where nothing else is said. */
  overlay?: string;
  refused: RegExp;
}

let cluster: EmbeddedCluster;
let origin: Manifests;
let promtoolPath: string;
/** The objects of dev without a mistake. */
let unchanged: Set<string>;

const lines = (problems: Problem[]) =>
  problems.map(({ at, message }) => `${at}: ${message}`);
const render = (manifests: MistakenManifests, overlay: string) =>
  renderDirectory({
    kubectl: cluster.kubectlPath,
    dir: manifests.overlay(overlay),
  });
const objectsOf = async (manifests: MistakenManifests, overlay: string) =>
  (await render(manifests, overlay)).objects;
const outsideOf = async (manifests: MistakenManifests, overlay: string) =>
  parseOutside(
    await readFile(
      path.join(manifests.overlay(overlay), 'outside.yaml'),
      'utf8',
    ),
  );

function capacity(
  objects: RenderedObject[],
  environment: Environment = environments.dev,
): string[] {
  const { unscheduled, rollouts } = planCapacity({
    objects,
    environment,
    addons,
  });
  return lines(
    [...unscheduled, ...rollouts.flatMap(({ problem }) => problem ?? [])].map(
      ({ owner, message }) => ({ at: owner, message }),
    ),
  );
}

const guards = {
  render: (manifests, overlay) =>
    render(manifests, overlay).then(
      ({ warnings }) => warnings,
      error => [error.message],
    ),
  files: async manifests =>
    lines(
      checkFiles(readTree(manifests.dir, MANIFEST_DIRECTORIES), {
        roots: origin.overlays.map(name => `overlays/${name}`),
        ignored: isReadOtherwise,
      }),
    ),
  references: async (manifests, overlay) =>
    lines(
      checkReferences(
        await objectsOf(manifests, overlay),
        await outsideOf(manifests, overlay),
      ),
    ),
  // The server sees what the mistake changed; platform:check sends it all.
  policies: async (manifests, overlay) =>
    admissionProblems(
      cluster,
      (await objectsOf(manifests, overlay)).filter(
        object => !unchanged.has(JSON.stringify(object)),
      ),
      await outsideOf(manifests, overlay),
    ),
  planner: async (manifests, overlay) =>
    capacity(await objectsOf(manifests, overlay)),
  configuration: async (manifests, overlay) =>
    configurationProblems(await objectsOf(manifests, overlay), {
      promtool: promtoolPath,
      fieldsDir: path.join(platformDir(), 'tools', 'fields'),
    }),
  selectors: async (manifests, overlay) =>
    lines(
      checkSelectorsKept(
        await objectsOf(manifests, overlay),
        parseSelectors(
          await readFile(path.join(platformDir(), 'selectors.yaml'), 'utf8'),
        ),
      ),
    ),
  fit: async (manifests, overlay) =>
    lines(checkModelsFit(await objectsOf(manifests, overlay))),
  services: async (manifests, overlay) =>
    lines(checkServices(await objectsOf(manifests, overlay))),
  settings: async manifests =>
    checkSettings(
      await readFile(
        path.join(manifests.dir, 'settings/settings.yaml'),
        'utf8',
      ),
    ).problems,
} satisfies Record<string, Guard>;

const MISTAKES: Mistake[] = [
  {
    incident: 1,
    what: 'no EBS CSI driver',
    putBack: manifests =>
      manifests.replace(
        'overlays/embedded/addons/ebs-csi.yaml',
        /apiVersion: storage\.k8s\.io\/v1\nkind: CSIDriver[^]*?---\n/,
        '',
      ),
    guard: 'references',
    overlay: 'embedded',
    refused:
      /StorageClass gp3: refers to the CSIDriver ebs\.csi\.aws\.com, which is not in the overlay/,
  },
  {
    incident: 2,
    what: 'claims of a StorageClass that nobody made',
    putBack: manifests =>
      manifests.replace(
        'overlays/dev/outside.yaml',
        /(kind: StorageClass\n {2}name: )gp3/,
        '$1gp2',
      ),
    guard: 'references',
    refused:
      /PersistentVolumeClaim observability\/prometheus-data: refers to the StorageClass gp3, which is not in the overlay/,
  },
  {
    incident: 3,
    what: 'Prometheus without fsGroup',
    putBack: manifests =>
      manifests.replace(PROMETHEUS, /\n *fsGroup: 65534/, ''),
    guard: 'policies',
    refused:
      /"prometheus".*llm-platform-volume-group.*comes owned by root.*Set securityContext\.fsGroup/,
  },
  {
    incident: 4,
    what: 'Loki: enforce_metric_name',
    putBack: manifests =>
      manifests.replace(
        `${LOKI}/loki.yaml`,
        'limits_config:\n',
        'limits_config:\n  enforce_metric_name: false\n',
      ),
    guard: 'configuration',
    refused:
      /field limits_config\.enforce_metric_name is not one that loki knows/,
  },
  {
    incident: 5,
    what: 'Loki without fsGroup',
    putBack: manifests =>
      manifests.replace(`${LOKI}/deployment.yaml`, /\n *fsGroup: 10001/, ''),
    guard: 'policies',
    refused: /"loki".*llm-platform-volume-group.*comes owned by root/,
  },
  {
    incident: 6,
    what: 'Grafana: a ConfigMap that nobody made',
    putBack: manifests =>
      manifests.replace(
        'base/observability/grafana/kustomization.yaml',
        '- name: grafana-dashboard-providers',
        '- name: providers',
      ),
    guard: 'references',
    refused:
      /Deployment observability\/grafana: refers to the ConfigMap observability\/grafana-dashboard-providers, which is not in the overlay/,
  },
  {
    incident: 7,
    what: "the collector's loki exporter",
    putBack: async manifests => {
      const file = 'base/observability/collector/collector.yaml';
      await manifests.replace(
        file,
        'exporters:\n',
        'exporters:\n  loki:\n    endpoint: http://loki.observability.svc:3100/loki/api/v1/push\n    labels: { attributes: [service.name] }\n',
      );
      await manifests.replace(file, '[otlp_http/loki]', '[loki]');
    },
    guard: 'configuration',
    refused: /exporters\.loki: the collector has no loki/,
  },
  {
    incident: 8,
    what: 'a ServiceMonitor without its CRD',
    putBack: addServiceMonitor,
    guard: 'references',
    refused:
      /ServiceMonitor llm-baseline\/baseline: no cluster has the kind ServiceMonitor of monitoring\.coreos\.com\/v1 by itself/,
  },
  {
    incident: 8,
    what: 'a ServiceMonitor without its CRD, at the server',
    putBack: addServiceMonitor,
    guard: 'policies',
    refused: /no matches for kind "ServiceMonitor"/,
  },
  {
    incident: 10,
    what: 'no device plugin',
    putBack: manifests =>
      manifests.replace(
        'base/gpu-nodes/kustomization.yaml',
        '  - device-plugin.yaml\n',
        '',
      ),
    guard: 'planner',
    refused:
      /Deployment llm-baseline\/baseline: .*Insufficient nvidia\.com\/gpu.*a DaemonSet of the NVIDIA device plugin must run on these nodes/,
  },
  {
    incident: 10,
    what: 'a device plugin that does not tolerate the taint',
    putBack: manifests =>
      manifests.replace(
        DEVICE_PLUGIN,
        /tolerations:\n *- key: nvidia\.com\/gpu/,
        'tolerations:\n        - key: dedicated',
      ),
    guard: 'planner',
    refused: /must run on these nodes and tolerate their taint/,
  },
  {
    incident: 11,
    what: 'vLLM asks for 4 CPU and 16Gi',
    putBack: async manifests => {
      await manifests.replace(MODEL, "cpu: '2'\n", "cpu: '4'\n");
      await manifests.replace(MODEL, 'memory: 12Gi', 'memory: 16Gi');
    },
    guard: 'planner',
    refused:
      /Deployment llm-baseline\/baseline: asks for 4 CPU, 16Gi, 1 GPU.*Insufficient cpu, \d Insufficient memory.*The most that a node for it offers is 3920m CPU, 14\.7Gi/,
  },
  {
    incident: 13,
    what: 'a generator that merges what is not there',
    putBack: manifests =>
      manifests.replace(
        'overlays/dev/kustomization.yaml',
        'resources:\n',
        'configMapGenerator:\n  - name: gateway-config\n    namespace: platform\n    behavior: merge\n    literals: [LOG_LEVEL=DEBUG]\nresources:\n',
      ),
    guard: 'render',
    refused: /id .*gateway-config.* does not exist; cannot merge or replace/,
  },
  {
    incident: 14,
    what: 'commonLabels',
    putBack: manifests =>
      manifests.replace(
        'overlays/dev/kustomization.yaml',
        'resources:\n',
        'commonLabels:\n  app.kubernetes.io/part-of: llm-platform\nresources:\n',
      ),
    guard: 'render',
    refused: /'commonLabels' is deprecated/,
  },
  {
    incident: 15,
    what: 'labels that get into selectors',
    putBack: manifests =>
      manifests.replace(
        'base/kustomization.yaml',
        'includeSelectors: false',
        'includeSelectors: true',
      ),
    guard: 'selectors',
    refused:
      /Deployment platform\/gateway: its selector is .*part-of.* but was {"app\.kubernetes\.io\/name":"gateway"}: a selector is immutable/,
  },
  {
    incident: 16,
    what: 'Mistral-7B in fp16 on a T4',
    putBack: async manifests => {
      await manifests.replace(
        MODEL,
        '--model=TheBloke/Mistral-7B-Instruct-v0.2-AWQ',
        '--model=mistralai/Mistral-7B-Instruct-v0.2',
      );
      await manifests.replace(MODEL, /\n *- --quantization=awq/, '');
    },
    guard: 'fit',
    refused: /Deployment llm-baseline\/baseline: .*13\.49 GiB .*14\.56 GiB/,
  },
  {
    incident: 16,
    what: 'a rolling update with one GPU',
    putBack: manifests =>
      manifests.replace(MODEL, 'type: Recreate', 'type: RollingUpdate'),
    guard: 'policies',
    refused:
      /"baseline".*llm-platform-gpu-recreate.*wait for the GPU that the old one holds/,
  },
  {
    incident: 17,
    what: 'a stale duplicate that nobody names',
    putBack: manifests =>
      manifests.add(
        'base/llm-baseline/pvc.yaml',
        'kind: PersistentVolumeClaim',
      ),
    guard: 'files',
    refused: /base\/llm-baseline\/pvc\.yaml: is used by nobody/,
  },
  {
    incident: 17,
    what: 'a Service that selects nothing',
    putBack: manifests =>
      manifests.replace(
        'base/llm-baseline/service.yaml',
        /(selector:\n *)app\.kubernetes\.io\/name: baseline/,
        '$1app: vllm-baseline',
      ),
    guard: 'references',
    refused:
      /Service llm-baseline\/baseline: its selector {"matchLabels":{"app":"vllm-baseline"}} selects no pod/,
  },
  {
    incident: 17,
    what: 'the image latest',
    putBack: manifests =>
      manifests.replace(
        'base/kustomization.yaml',
        'newTag: v0.11.0',
        'newTag: latest',
      ),
    guard: 'policies',
    refused:
      /llm-platform-image-tags.*vllm\/vllm-openai:latest" has no fixed tag/,
  },
  {
    incident: 18,
    what: 'a name of a deleted file',
    putBack: manifests => manifests.delete('base/llm-baseline/service.yaml'),
    guard: 'files',
    refused:
      /base\/llm-baseline\/kustomization\.yaml: names service\.yaml, which is not there/,
  },
  {
    incident: 18,
    what: 'a name of a deleted file, rendered',
    putBack: manifests => manifests.delete('base/llm-baseline/service.yaml'),
    guard: 'render',
    refused: /service\.yaml.*no such file or directory/s,
  },
  {
    incident: 19,
    what: 'ACCOUNT_ID in the settings',
    putBack: accountId,
    guard: 'settings',
    refused: /registry is still a placeholder: ACCOUNT_ID\.dkr\.ecr/,
  },
  {
    incident: 19,
    what: 'ACCOUNT_ID in the settings, at the server',
    putBack: accountId,
    guard: 'policies',
    refused:
      /llm-platform-image-names.*image "ACCOUNT_ID\.dkr\.ecr.*still has a placeholder in it/,
  },
  {
    incident: 20,
    what: 'the tag dev-latest in an overlay',
    putBack: manifests =>
      manifests.replace(
        'overlays/dev/kustomization.yaml',
        'resources:\n',
        'images:\n  - name: 388691194728.dkr.ecr.us-west-2.amazonaws.com/llm-platform/quant-api\n    newTag: dev-latest\nresources:\n',
      ),
    guard: 'policies',
    refused: /llm-platform-image-tags.*quant-api:dev-latest" has no fixed tag/,
  },
  {
    incident: 24,
    what: 'a probe at a path that the service lacks',
    putBack: manifests =>
      manifests.replace(
        'base/gateway/deployment.yaml',
        'path: /startup',
        'path: /started',
      ),
    guard: 'services',
    refused:
      /Deployment platform\/gateway: its startupProbe asks \/started on http; a service of the platform answers at \/startup/,
  },
  {
    incident: 25,
    what: 'port 80 in front of 8000',
    putBack: manifests =>
      manifests.replace('base/gateway/service.yaml', 'port: 8000', 'port: 80'),
    guard: 'policies',
    refused:
      /llm-platform-service-port.*the Service gateway has port 80\. Services and models of the platform are on 8000/,
  },
  {
    incident: 26,
    what: 'an address without a port',
    putBack: manifests =>
      manifests.replace(
        'base/quant-api/deployment.yaml',
        'svc.cluster.local:8000',
        'svc.cluster.local',
      ),
    guard: 'references',
    refused:
      /Deployment quant\/quant-api: the address http:\/\/baseline\.llm-baseline\.svc\.cluster\.local has no port, so it means 80/,
  },
  {
    incident: 27,
    what: 'a team service without a model',
    putBack: manifests =>
      manifests.replace(
        'base/quant-api/deployment.yaml',
        'name: VLLM_BASE_URL',
        'name: VLLM_URL',
      ),
    guard: 'services',
    refused:
      /Deployment quant\/quant-api: it has no model behind it: set exactly one of VLLM_BASE_URL and SAGEMAKER_ENDPOINT_NAME/,
  },
  {
    incident: 29,
    what: 'Grafana: a Secret that nobody declared',
    putBack: manifests =>
      manifests.replace(
        'overlays/dev/outside.yaml',
        'name: grafana-secrets',
        'name: other',
      ),
    guard: 'references',
    refused:
      /Deployment observability\/grafana: refers to the Secret observability\/grafana-secrets, which is not in the overlay/,
  },
];

function addServiceMonitor(manifests: MistakenManifests) {
  return manifests
    .add(
      'base/llm-baseline/servicemonitor.yaml',
      'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: baseline, namespace: llm-baseline }\nspec: { endpoints: [{ port: http }] }\n',
    )
    .then(() =>
      manifests.replace(
        'base/llm-baseline/kustomization.yaml',
        '- service.yaml',
        '- service.yaml\n  - servicemonitor.yaml',
      ),
    );
}

function accountId(manifests: MistakenManifests) {
  return manifests.replace(
    'settings/settings.yaml',
    /^ {2}registry: \d{12}/m,
    '  registry: ACCOUNT_ID',
  );
}

beforeAll(async () => {
  origin = await Manifests.copy();
  promtoolPath = (await ensurePrometheus()).promtool;
  cluster = await EmbeddedCluster.start({ instance: INSTANCE });
  const dir = path.join(platformDir(), 'policies');
  const refused = readFixtures(dir).filter(fixture => fixture.refused);
  await activatePolicies(cluster, {
    dir,
    refused: [...new Map(refused.map(f => [f.policy, f.object])).values()].map(
      object => JSON.stringify(object),
    ),
  });
});

beforeAll(async () => {
  const { objects } = await renderDirectory({
    kubectl: cluster.kubectlPath,
    dir: origin.overlayDir('dev'),
  });
  unchanged = new Set(objects.map(object => JSON.stringify(object)));
  // What the rest needs to be judged: namespaces and what comes with them.
  const problems = await admissionProblems(cluster, objects, []);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
});

afterAll(async () => {
  await cluster?.stop();
  await origin?.remove();
});

describe('without a mistake', () => {
  it.each(Object.keys(guards) as Array<keyof typeof guards>)(
    'the guard %s is content',
    async guard => {
      const manifests = await MistakenManifests.of(origin.dir);
      try {
        expect(await guards[guard](manifests, 'dev')).toEqual([]);
      } finally {
        await manifests.remove();
      }
    },
  );
});

describe('put back and refused', () => {
  it.each(
    MISTAKES.map(mistake => [mistake.incident, mistake.what, mistake] as const),
  )('incident %i: %s', async (_, __, mistake) => {
    const manifests = await MistakenManifests.of(origin.dir);
    try {
      await mistake.putBack(manifests);
      const problems = await guards[mistake.guard](
        manifests,
        mistake.overlay ?? 'dev',
      );
      expect(problems).toContainEqual(expect.stringMatching(mistake.refused));
    } finally {
      await manifests.remove();
    }
  });

  /** The general group as it was: two nodes, and none that joins. */
  const twoNodes: Environment = {
    ...environments.dev,
    nodeGroups: environments.dev.nodeGroups.map(group =>
      group.name === 'general'
        ? nodeGroup({
            name: 'general',
            instanceType: 't3.medium',
            image: 'AL2023_x86_64_STANDARD',
            diskGiB: 20,
            size: { min: 1, desired: 2, max: 2 },
          })
        : group,
    ),
  };

  it('incident 12: two nodes for the whole platform', async () => {
    const manifests = await MistakenManifests.of(origin.dir);
    try {
      const problems = capacity(await objectsOf(manifests, 'dev'), twoNodes);

      expect(problems).toContainEqual(
        expect.stringMatching(
          /: asks for .*nodes are available: .*(Insufficient|Too many pods).*let the node group have more nodes/,
        ),
      );
    } finally {
      await manifests.remove();
    }
  });

  it('incident 30: Prometheus asks for 500m and 1Gi, which is blamed on that and not on the volume that waits for it', async () => {
    const manifests = await MistakenManifests.of(origin.dir);
    try {
      await manifests.replace(PROMETHEUS, 'cpu: 100m', 'cpu: 500m');
      await manifests.replace(PROMETHEUS, 'memory: 256Mi', 'memory: 1Gi');
      const problems = capacity(await objectsOf(manifests, 'dev'), twoNodes);
      const [prometheus] = problems.filter(problem =>
        problem.startsWith('Deployment observability/prometheus: '),
      );

      expect(prometheus).toMatch(
        /asks for 500m CPU, 1Gi: 0\/\d nodes are available: .*Insufficient (cpu|memory)/,
      );
      expect(problems.join()).not.toContain('prometheus-data');
    } finally {
      await manifests.remove();
    }
  });
});
