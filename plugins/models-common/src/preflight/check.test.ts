import {
  aPod,
  aSpec,
  cpuNode,
  gpuNode,
  profile,
  type PodOptions,
} from '../__fixtures__/builders';
import { lookupArchitecture } from '../architectures';
import { computeFit } from '../fit';
import type { KubeStorageClass } from '../kube';
import { applySetId, renderModelDeployment } from '../manifests';
import { parseModelDeploymentSpec, type ModelDeploymentSpec } from '../spec';
import {
  buildPreflightReport,
  PREFLIGHT_CHECKS,
  runPreflightChecks,
  summarizeVerdict,
  type PreflightCheck,
  type PreflightFacts,
} from '.';

function storageClass(name: string, isDefault = false): KubeStorageClass {
  return {
    metadata: {
      name,
      annotations: isDefault
        ? { 'storageclass.kubernetes.io/is-default-class': 'true' }
        : {},
    },
    provisioner: 'ebs.csi.aws.com',
  };
}

type Preset = 'smollm2-135m' | 'mistral-7b-awq';

/** A cluster in which everything is fine; each test breaks one thing. */
function aFacts(
  change: (facts: PreflightFacts) => void = () => {},
  changeSpec: (spec: ModelDeploymentSpec) => void = () => {},
  preset: Preset = 'mistral-7b-awq',
): PreflightFacts {
  const spec = aSpec(preset, changeSpec);
  const { architecture } = lookupArchitecture(spec.spec.model.id);
  const used = profile(spec.spec.profile);
  const facts: PreflightFacts = {
    spec,
    profile: used,
    gated: architecture?.gated,
    fit: computeFit({ spec, profile: used }),
    manifests: renderModelDeployment(spec, { profile: used, architecture }),
    nodes: [gpuNode('gpu-1'), cpuNode('cpu-1')],
    pods: [],
    namespaceTeams: { quant: 'quant', eval: 'eval' },
    quotas: [],
    limitRanges: [],
    storageClasses: [storageClass('gp2', true), storageClass('gp3')],
    csiDrivers: ['ebs.csi.aws.com'],
    secrets: [{ name: 'hf-token', keys: ['token'] }],
    existing: [],
    routes: [],
    dryRun: { changes: [], errors: [] },
  };
  change(facts);
  return facts;
}

function checkOf(facts: PreflightFacts, id: PreflightCheck['id']) {
  return runPreflightChecks(facts).find(check => check.id === id)!;
}

it.each<Preset>(['smollm2-135m', 'mistral-7b-awq'])(
  'lets %s pass on a healthy cluster',
  preset => {
    const report = buildPreflightReport(aFacts(undefined, undefined, preset));
    expect(report.checks.map(({ id }) => id)).toEqual([...PREFLIGHT_CHECKS]);
    expect(report.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual(
      [],
    );
    expect(report.verdict).toBe('pass');
  },
);

type Case = [
  what: string,
  id: PreflightCheck['id'],
  verdict: PreflightCheck['verdict'],
  message: RegExp,
  facts?: (facts: PreflightFacts) => void,
  spec?: (spec: ModelDeploymentSpec) => void,
  preset?: Preset,
];

function held(options: PodOptions = {}) {
  return aPod({
    name: 'other-1',
    namespace: 'eval',
    model: 'other',
    node: 'gpu-1',
    gpus: 1,
    ...options,
  });
}

const cases: Case[] = [
  [
    'an unknown profile',
    'spec',
    'block',
    /no GPU profile "t4"/,
    f => {
      f.profile = undefined;
    },
  ],
  [
    'an invalid field',
    'spec',
    'block',
    /metadata\.name: "X"/,
    f => {
      const parsed = parseModelDeploymentSpec({
        ...f.spec,
        metadata: { ...f.spec.metadata, name: 'X' },
      });
      f.specProblems = parsed.ok ? [] : parsed.problems;
    },
  ],
  [
    'Mistral in fp16 on a T4 (incident 16)',
    'fit',
    'block',
    /13\.49 GiB .*13\.10 GiB/,
    undefined,
    s => {
      s.spec.model.id = 'mistralai/Mistral-7B-Instruct-v0.2';
      s.spec.engine.quantization = 'none';
    },
  ],
  [
    'an unknown architecture',
    'fit',
    'unknown',
    /acme\/x/,
    undefined,
    s => {
      s.spec.model.id = 'acme/x';
    },
  ],
  [
    'the GPU taken, the group can grow',
    'gpus',
    'warn',
    /0 of 1 Tesla-T4 are free; 1 are needed\. Held by eval\/other \(1\)\. The node group can still add 1 node/,
    f => {
      f.pods = [held()];
    },
  ],
  [
    'all GPUs taken',
    'gpus',
    'warn',
    /maximum of 2 nodes/,
    f => {
      f.nodes = [gpuNode('gpu-1'), gpuNode('gpu-2')];
      f.pods = [held(), held({ name: 'other-2', node: 'gpu-2' })];
    },
  ],
  [
    'held by a team that the user may not see',
    'gpus',
    'warn',
    /Held by team eval \(1\)/,
    f => {
      f.pods = [held()];
      f.viewerTeams = ['quant'];
    },
  ],
  [
    'its own pod holds the GPU: an update gets it back',
    'gpus',
    'pass',
    /1 of 1/,
    f => {
      f.pods = [held({ namespace: 'quant', model: 'mistral' })];
    },
  ],
  [
    'a finished pod holds nothing',
    'gpus',
    'pass',
    /1 of 1/,
    f => {
      f.pods = [held({ phase: 'Succeeded' })];
    },
  ],
  [
    'someone waits already',
    'gpus',
    'warn',
    /1 are waited for/,
    f => {
      const waiting = held({ node: undefined });
      waiting.spec!.nodeSelector = {
        'node.kubernetes.io/instance-type': 'g4dn.xlarge',
      };
      f.pods = [waiting];
    },
  ],
  [
    'no node of the group now, but it can grow from zero',
    'gpus',
    'warn',
    /can still add 2 nodes/,
    f => {
      f.nodes = [];
    },
  ],
  [
    'a node group without nodes',
    'gpus',
    'block',
    /no g5\.xlarge node and its group may have 0/,
    f => {
      f.profile = profile('a10g');
    },
  ],
  [
    'a taint that the profile does not tolerate',
    'gpus',
    'block',
    /does not tolerate the taints of gpu-1/,
    f => {
      f.profile = { ...profile('t4'), tolerations: [] };
    },
  ],
  [
    'more GPUs than a node has',
    'gpus',
    'block',
    /asks for 2 GPUs and a g4dn\.xlarge has 1/,
    undefined,
    s => {
      s.spec.engine.tensorParallelSize = 2;
    },
  ],
  [
    'a cordoned node',
    'gpus',
    'warn',
    /0 of 0/,
    f => {
      f.nodes![0].spec!.unschedulable = true;
    },
  ],
  [
    'nodes that could not be read',
    'gpus',
    'unknown',
    /could not be read/,
    f => {
      f.nodes = undefined;
    },
  ],
  [
    '4 CPU and 16Gi on a g4dn.xlarge (incident 11)',
    'resources',
    'block',
    /4 CPU and 16\.00 GiB are requested, and a g4dn\.xlarge offers 3920m CPU and 14\.69 GiB/,
    undefined,
    s => {
      s.spec.resources = {
        requests: { cpu: '4', memory: '16Gi' },
        limits: { cpu: '8', memory: '32Gi' },
      };
    },
  ],
  [
    'CPU nodes that are full (incident 30)',
    'resources',
    'warn',
    /0 of 1 replicas would find .* the others would wait/,
    f => {
      f.nodes = ['a', 'b', 'c', 'd', 'e'].map(cpuNode);
      f.pods = ['a', 'b', 'c', 'd', 'e'].map(node =>
        aPod({ node, cpu: '1800m' }),
      );
    },
    undefined,
    'smollm2-135m',
  ],
  [
    'a quota that is used up',
    'quota',
    'block',
    /quota team: requests\.nvidia\.com\/gpu is at 1 of 1, and this needs 1 more/,
    f => {
      f.quotas = [
        {
          metadata: { name: 'team' },
          status: {
            hard: { 'requests.nvidia.com/gpu': '1' },
            used: { 'requests.nvidia.com/gpu': '1' },
          },
        },
      ];
    },
  ],
  [
    'a quota that its own pods use',
    'quota',
    'pass',
    /Within team/,
    f => {
      f.quotas = [
        {
          metadata: { name: 'team' },
          status: {
            hard: { 'requests.nvidia.com/gpu': '1' },
            used: { 'requests.nvidia.com/gpu': '1' },
          },
        },
      ];
      f.pods = [held({ namespace: 'quant', model: 'mistral' })];
    },
  ],
  [
    'a memory quota',
    'quota',
    'block',
    /limits\.memory is at 20Gi of 32Gi, and this needs 14\.00Gi more/,
    f => {
      f.quotas = [
        {
          metadata: { name: 'team' },
          status: {
            hard: { 'limits.memory': '32Gi' },
            used: { 'limits.memory': '20Gi' },
          },
        },
      ];
    },
  ],
  [
    'a LimitRange',
    'quota',
    'block',
    /limit of 14Gi memory is above the Container's maximum of 8Gi/,
    f => {
      f.limitRanges = [
        {
          metadata: { name: 'range' },
          spec: { limits: [{ type: 'Container', max: { memory: '8Gi' } }] },
        },
      ];
    },
  ],
  [
    'a StorageClass that does not exist (incident 2)',
    'storage',
    'block',
    /"gp9" does not exist; the cluster has gp2, gp3/,
    undefined,
    s => {
      s.spec.storage.storageClassName = 'gp9';
    },
  ],
  [
    'no default StorageClass',
    'storage',
    'block',
    /No StorageClass is the default/,
    f => {
      f.storageClasses = [storageClass('gp3')];
    },
  ],
  [
    'no CSI driver (incident 1)',
    'storage',
    'block',
    /gp2 needs the CSI driver ebs\.csi\.aws\.com/,
    f => {
      f.csiDrivers = [];
    },
  ],
  [
    'the legacy provisioner without its driver (incident 1)',
    'storage',
    'block',
    /ebs\.csi\.aws\.com/,
    f => {
      f.csiDrivers = [];
      f.storageClasses![0].provisioner = 'kubernetes.io/aws-ebs';
    },
  ],
  [
    'a volume smaller than the weights',
    'storage',
    'block',
    /has 2Gi and the weights alone take about 3\.87 GiB/,
    undefined,
    s => {
      s.spec.storage.size = '2Gi';
    },
  ],
  [
    'a volume that would shrink',
    'storage',
    'block',
    /has 500Gi and can't shrink to 200Gi/,
    f => {
      f.existing = [
        claimOf(f, { resources: { requests: { storage: '500Gi' } } }),
      ];
    },
  ],
  [
    'a volume of another class',
    'storage',
    'block',
    /class can't be changed to gp3/,
    f => {
      f.existing = [
        claimOf(f, {
          storageClassName: 'gp2',
          resources: { requests: { storage: '10Gi' } },
        }),
      ];
    },
    s => {
      s.spec.storage.storageClassName = 'gp3';
    },
  ],
  [
    'two replicas on one volume',
    'storage',
    'warn',
    /2 replicas share one/,
    undefined,
    s => {
      s.spec.replicas = 2;
    },
  ],
  [
    'a gated model without a token',
    'token',
    'block',
    /is gated/,
    f => {
      f.gated = true;
    },
    s => {
      delete s.spec.tokenSecret;
    },
  ],
  [
    'a gated model, the Secret missing',
    'token',
    'block',
    /no Secret "hf-token" in namespace quant/,
    f => {
      f.gated = true;
      f.secrets = [];
    },
  ],
  [
    'a wrong key in the Secret',
    'token',
    'block',
    /no key "token"; it has TOKEN/,
    f => {
      f.gated = true;
      f.secrets = [{ name: 'hf-token', keys: ['TOKEN'] }];
    },
  ],
  [
    'an open model without the Secret',
    'token',
    'pass',
    /not needed/,
    f => {
      f.secrets = [];
    },
  ],
  [
    'a model that may be gated, the Secret missing',
    'token',
    'warn',
    /no Secret/,
    f => {
      f.gated = undefined;
      f.secrets = [];
    },
  ],
  [
    'Secrets that could not be read',
    'token',
    'unknown',
    /could not be read/,
    f => {
      f.gated = true;
      f.secrets = undefined;
    },
  ],
  [
    'a placeholder in the image (incident 19)',
    'image',
    'block',
    /placeholder ACCOUNT_ID/,
    f => setImage(f, 'ACCOUNT_ID.dkr.ecr.us-west-2.amazonaws.com/vllm:1'),
  ],
  [
    'an image with upper case',
    'image',
    'block',
    /upper-case/,
    f => setImage(f, 'docker.io/vLLM/openai:v1'),
  ],
  [
    'an image without a fixed tag (incident 20)',
    'image',
    'block',
    /no fixed tag/,
    f => setImage(f, 'vllm/vllm-openai:latest'),
  ],
  [
    'an object of someone else',
    'name',
    'block',
    /Service quant\/mistral exists and was not made by the portal/,
    f => {
      f.existing = [
        { kind: 'Service', metadata: { name: 'mistral', namespace: 'quant' } },
      ];
    },
  ],
  [
    'its own objects',
    'name',
    'pass',
    /Changes the model/,
    f => {
      f.existing = [claimOf(f, {})];
    },
  ],
  [
    'a selector that would change (incident 15)',
    'name',
    'block',
    /immutable/,
    f => {
      f.existing = [
        {
          ...claimOf(f, { selector: { matchLabels: { app: 'mistral' } } }),
          kind: 'Deployment',
        },
      ];
    },
  ],
  [
    'a namespace of another team',
    'name',
    'block',
    /belongs to team eval, not quant/,
    undefined,
    s => {
      s.metadata.namespace = 'eval';
    },
  ],
  [
    'a namespace of no team',
    'name',
    'block',
    /does not exist or belongs to no team/,
    undefined,
    s => {
      s.metadata.namespace = 'default';
    },
  ],
  [
    'a route that another team serves',
    'name',
    'block',
    /already serves a model "mistral"/,
    f => {
      f.routes = [{ route: 'mistral', namespace: 'eval', service: 'mistral' }];
    },
  ],
  [
    'what the API server refuses',
    'dry-run',
    'block',
    /Deployment quant\/mistral: spec\.x is invalid/,
    f => {
      f.dryRun = {
        changes: [],
        errors: [
          {
            object: 'Deployment quant/mistral',
            code: 422,
            message: 'spec.x is invalid',
          },
        ],
      };
    },
  ],
  [
    'no dry run yet',
    'dry-run',
    'unknown',
    /has not tried/,
    f => {
      f.dryRun = undefined;
    },
  ],
];

function claimOf(facts: PreflightFacts, spec: object) {
  return {
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: 'mistral-cache',
      namespace: 'quant',
      labels: {
        'applyset.kubernetes.io/part-of': applySetId(facts.spec.metadata),
      },
    },
    spec,
  };
}

function setImage(facts: PreflightFacts, image: string) {
  const text = JSON.stringify(facts.manifests);
  facts.manifests = JSON.parse(text.replace('vllm/vllm-openai:v0.11.0', image));
}

it.each(cases)('%s: %s says %s', (...row) => {
  const [, id, verdict, message, facts, spec, preset] = row as Case;
  const check = checkOf(aFacts(facts, spec, preset), id);
  expect(check).toMatchObject({
    verdict,
    message: expect.stringMatching(message),
  });
  // Whoever is held up is told what to do.
  expect(check.remedy === undefined).toBe(verdict === 'pass');
});

it.each<[PreflightCheck['verdict'][], PreflightCheck['verdict']]>([
  [['pass', 'pass'], 'pass'],
  [['pass', 'warn'], 'warn'],
  [['unknown', 'warn', 'pass'], 'unknown'],
  [['unknown', 'block', 'pass'], 'block'],
  [[], 'unknown'],
])('%j together are %s', (verdicts, expected) => {
  const checks = verdicts.map(
    (verdict): PreflightCheck => ({
      id: 'fit',
      title: '',
      message: '',
      verdict,
    }),
  );
  expect(summarizeVerdict(checks)).toBe(expected);
});

it('says nothing wrong when nothing could be read', () => {
  const { spec, fit, manifests, profile: used } = aFacts();
  const report = buildPreflightReport({ spec, fit, manifests, profile: used });
  expect(report.verdict).toBe('unknown');
  expect(report.checks.some(({ verdict }) => verdict === 'block')).toBe(false);
});
