import { annotations, labels } from '../labels';
import {
  gpuProduct,
  isoTime,
  podGpus,
  timeMillis,
  type KubeConfigMap,
  type KubeDeployment,
  type KubeEvent,
  type KubeNode,
  type KubePersistentVolumeClaim,
  type KubePod,
  type KubeTime,
} from '../kube';
import type { ModelDeploymentSpec } from '../spec/types';
import type { StoredSpec } from '../manifests/inventory';
import { modelInventory } from '../manifests/modelInventory';
import { serviceInventory, type TeamServiceSpec } from '../services';
import { deploymentState, missingDeploymentState } from './state';
import type { ModelDeploymentSummary, TeamServiceSummary } from './types';
import { eventView, podView } from './views';

/** @public */
export interface ModelDeploymentFacts {
  cluster: string;
  deployment: KubeDeployment;
  /** The inventory has it and the cluster does not: `deployment` only names it. */
  deploymentMissing?: boolean;
  /** Pods that its selector matches. */
  pods: KubePod[];
  /** The ApplySet's parent ConfigMap with the stored spec. */
  parent?: KubeConfigMap;
  /** Team of the namespace; the Deployment's label is the fallback. */
  team?: string;
  pvcs?: KubePersistentVolumeClaim[];
  events?: KubeEvent[];
  /** For the product of the GPU and what is simulated. */
  nodes?: KubeNode[];
  /** ISO time of the newest fact; default: the newest timestamp in the objects. */
  lastSeen?: string;
}

function newestTime(facts: ModelDeploymentFacts): string {
  const times: Array<KubeTime | undefined> = [
    facts.deployment.metadata?.creationTimestamp,
    ...[facts.deployment, ...facts.pods].flatMap(({ status }) =>
      (status?.conditions ?? []).map(condition => condition.lastTransitionTime),
    ),
    ...facts.pods.map(pod => pod.metadata?.creationTimestamp),
    ...(facts.events ?? []).map(event => eventView(event).lastSeen),
  ];
  const millis = times.flatMap(time => timeMillis(time) ?? []);
  return millis.length > 0 ? new Date(Math.max(...millis)).toISOString() : '';
}

function modelIdOf(deployment: KubeDeployment): string {
  const annotated = deployment.metadata?.annotations?.[annotations.modelId];
  if (annotated !== undefined) {
    return annotated;
  }
  const args = deployment.spec?.template?.spec?.containers[0]?.args ?? [];
  const joined = args.find(arg => arg.startsWith('--model='));
  if (joined !== undefined) {
    return joined.slice('--model='.length);
  }
  const index = args.indexOf('--model');
  return index >= 0 ? args[index + 1] ?? '' : '';
}

/** The node that a pod of the model runs on; else undefined. */
function nodeOf(facts: ModelDeploymentFacts): KubeNode | undefined {
  const names = facts.pods.flatMap(pod => pod.spec?.nodeName ?? []);
  return facts.nodes?.find(node => names.includes(node.metadata?.name ?? ''));
}

function gpusOf(facts: ModelDeploymentFacts): ModelDeploymentSummary['gpus'] {
  const template = facts.deployment.spec?.template;
  const perPod = template?.spec ? podGpus({ spec: template.spec }) : 0;
  const requested = perPod * (facts.deployment.spec?.replicas ?? 1);
  const node = perPod > 0 ? nodeOf(facts) : undefined;
  return { requested, product: node && gpuProduct(node) };
}

function simulatedOf(
  facts: ModelDeploymentFacts,
  usesGpu: boolean,
): string | undefined {
  const ofPods = facts.pods
    .map(pod => pod.metadata?.annotations?.[annotations.simulated])
    .find(value => value !== undefined);
  const node = usesGpu ? nodeOf(facts) : undefined;
  return ofPods ?? node?.metadata?.annotations?.[annotations.simulated];
}

function common(
  facts: ModelDeploymentFacts,
  stored: StoredSpec<ModelDeploymentSpec | TeamServiceSpec> | undefined,
) {
  const { deployment, cluster } = facts;
  const pods = facts.pods.map(podView);
  const gpus = gpusOf(facts);
  return {
    cluster,
    namespace: deployment.metadata?.namespace ?? '',
    name: deployment.metadata?.name ?? '',
    team: facts.team ?? deployment.metadata?.labels?.[labels.team] ?? '',
    ...(facts.deploymentMissing
      ? missingDeploymentState(stored?.revisions[0]?.appliedAt, new Date())
      : deploymentState(deployment, pods, facts.pvcs ?? [])),
    replicas: {
      desired: deployment.spec?.replicas ?? 1,
      ready: deployment.status?.readyReplicas ?? 0,
    },
    gpus,
    simulated: simulatedOf(facts, gpus.requested > 0),
  };
}

/** @public */
export function summarizeModelDeployment(
  facts: ModelDeploymentFacts,
): ModelDeploymentSummary {
  const { deployment, parent } = facts;
  const stored = parent && modelInventory.readStored(parent);
  const spec = stored?.spec;
  const summary = common(facts, stored);
  return {
    ...summary,
    route: spec?.metadata.name ?? summary.name,
    modelId: spec?.spec.model.id ?? modelIdOf(deployment),
    profile:
      spec?.spec.profile ??
      deployment.metadata?.annotations?.[annotations.profile],
    createdAt: isoTime(deployment.metadata?.creationTimestamp) ?? '',
    lastSeen: facts.lastSeen ?? newestTime(facts),
  };
}

/** The same judgement for a team's own service (`llm-platform.dev/service`). @public */
export function summarizeTeamService(
  facts: ModelDeploymentFacts & {
    /** Name at the gateway of a Service of it. */
    route?: string;
  },
): TeamServiceSummary {
  const { deployment, parent } = facts;
  const { gpus: _, ...summary } = common(
    facts,
    parent && serviceInventory.readStored(parent),
  );
  const annotated = deployment.metadata?.annotations ?? {};
  return {
    ...summary,
    route: facts.route,
    model: annotated[annotations.usesModel],
    repository: annotated[annotations.repository],
  };
}
