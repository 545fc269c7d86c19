import type {
  ClusterError,
  Diagnosis,
  GpuAllocation,
  GpuHolder,
  GpuNode,
  ListResponse,
  ModelDeploymentDetail,
  ModelDeploymentSummary,
  PlatformOverview,
  PodView,
} from '@llm-platform/plugin-models-common';

const TIME = '2026-11-23T08:00:00.000Z';

/** @public */
export function listOf<T>(
  items: T[],
  errors: ClusterError[] = [],
): ListResponse<T> {
  return { items, errors, version: 1 };
}

/** A ready model on a CPU node. @public */
export function modelSummary(
  facts: Partial<ModelDeploymentSummary> = {},
): ModelDeploymentSummary {
  const name = facts.name ?? 'smollm2';
  return {
    cluster: 'embedded',
    namespace: 'quant',
    name,
    team: 'quant',
    route: name,
    modelId: 'HuggingFaceTB/SmolLM2-135M-Instruct',
    state: 'Ready',
    replicas: { desired: 1, ready: 1 },
    gpus: { requested: 0 },
    createdAt: TIME,
    lastSeen: TIME,
    ...facts,
  };
}

/** @public */
export function podView(facts: Partial<PodView> = {}): PodView {
  return {
    name: 'smollm2-6f8c9d7b54-x2lpd',
    node: 'ip-10-0-1-11.us-west-2.compute.internal',
    phase: 'Running',
    state: 'Ready',
    ready: true,
    restarts: 0,
    createdAt: TIME,
    containers: [
      { name: 'vllm', image: 'vllm:1', ready: true, state: 'running' },
    ],
    ...facts,
  };
}

/** @public */
export function modelDetail(
  facts: Partial<ModelDeploymentDetail> = {},
): ModelDeploymentDetail {
  const summary = modelSummary(facts);
  return {
    ...summary,
    revisions: [],
    pods: [podView()],
    events: [],
    timeline: { phases: [] },
    findings: [],
    endpoint: {
      internal: `http://${summary.name}.${summary.namespace}.svc:8000/v1`,
      gateway: 'http://127.0.0.1:30080/v1',
    },
    ...facts,
  };
}

/** @public */
export function diagnosis(facts: Partial<Diagnosis> = {}): Diagnosis {
  return {
    cause: 'kv-cache-too-small',
    severity: 'error',
    phase: 'kv-cache-sized',
    title: 'KV cache too small',
    explanation: 'One request needs 5.1 GiB of KV cache; 1.9 GiB are left.',
    evidence: [{ object: 'pod/mistral-7b-x', text: 'ValueError: 5.1 GiB' }],
    remedy: 'Lower the context length to 12,160 tokens.',
    ...facts,
  };
}

/** @public */
export function overview(
  facts: Partial<PlatformOverview> = {},
): PlatformOverview {
  return {
    status: {
      clusters: [
        {
          name: 'embedded',
          state: 'synced',
          since: TIME,
          readOnly: false,
          embedded: true,
        },
      ],
    },
    models: {
      ready: 1,
      starting: 0,
      waiting: 0,
      degraded: 0,
      failing: 0,
      stopped: 0,
      unknown: 0,
    },
    pods: { running: 3, pending: 0, failing: 0 },
    gpus: { capacity: 2, allocated: 1, pending: 0, free: 1 },
    attention: [],
    myTeams: ['quant'],
    version: 1,
    ...facts,
  };
}

/** @public */
export function gpuHolder(facts: Partial<GpuHolder> = {}): GpuHolder {
  return {
    cluster: 'embedded',
    namespace: 'eval',
    pod: 'mistral-7b-x',
    team: 'eval',
    model: 'mistral-7b',
    gpus: 1,
    since: TIME,
    ...facts,
  };
}

/** @public */
export function gpuNode(facts: Partial<GpuNode> = {}): GpuNode {
  return {
    cluster: 'embedded',
    name: 'ip-10-0-1-21.us-west-2.compute.internal',
    pool: 'gpu',
    product: 'Tesla-T4',
    instanceType: 'g4dn.xlarge',
    state: 'ready',
    counts: { capacity: 1, allocated: 1, pending: 0, free: 0 },
    holders: [gpuHolder()],
    ...facts,
  };
}

/** @public */
export function gpuAllocation(
  facts: Partial<GpuAllocation> = {},
): GpuAllocation & { errors: ClusterError[]; version: number } {
  return {
    total: { capacity: 1, allocated: 1, pending: 0, free: 0 },
    byNode: [gpuNode()],
    byProduct: [],
    byTeam: [{ team: 'eval', allocated: 1, pending: 0 }],
    byModel: [{ team: 'eval', model: 'mistral-7b', allocated: 1, pending: 0 }],
    pending: [],
    errors: [],
    version: 1,
    ...facts,
  };
}
