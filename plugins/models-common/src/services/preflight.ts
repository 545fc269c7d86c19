import {
  isFinished,
  type KubeLimitRange,
  type KubeObject,
  type KubePod,
  type KubeResourceQuota,
} from '../kube';
import { labels } from '../labels';
import type { KubernetesObject } from '../manifests/types';
import { checkDryRun } from '../preflight/checks/dryRun';
import { judgeDemand } from '../preflight/checks/quota';
import type { DryRunResult } from '../preflight/facts';
import { block, notRead, pass, type Outcome } from '../preflight/outcome';
import type { ObjectChange, PreflightVerdict } from '../preflight/types';
import { serviceInventory } from './inventory';
import type { TeamServiceSpec } from './types';

/** @public */
export const SERVICE_CHECKS = [
  'name',
  'route',
  'model',
  'image',
  'quota',
  'dry-run',
] as const;

/** @public */
export interface ServicePreflightCheck {
  id: (typeof SERVICE_CHECKS)[number];
  title: string;
  verdict: PreflightVerdict;
  /** What was found. */
  message: string;
  /** What to do when it is not `pass`. */
  remedy?: string;
}

/** @public */
export interface ServicePreflightReport {
  verdict: PreflightVerdict;
  checks: ServicePreflightCheck[];
  /** Without the Secrets. */
  manifests: KubernetesObject[];
  changes: ObjectChange[];
}

/** A Service that claims a name at the gateway. @public */
export interface RouteClaim {
  route: string;
  namespace: string;
  service: string;
  team?: string;
}

/** What the checks judge. `undefined` = not read, never "none". @public */
export interface ServicePreflightFacts {
  spec: TeamServiceSpec;
  /** Team by namespace. */
  namespaceTeams: Record<string, string>;
  /** Teams whose things the person may see by name; undefined = all. */
  viewerTeams?: string[];
  /** Objects that the cluster has under the names of the members and the parent. */
  existing?: KubeObject[];
  /** The run that made what exists under the name. */
  madeBy?: { runId?: string; user?: string };
  /** This run: what it has made itself is no obstacle. */
  runId?: string;
  /** Claims of other Services on routes of `/api`. */
  claims?: RouteClaim[];
  /** Routes of the models that the person may use. */
  usableModels?: string[];
  /** Undefined where the cluster takes its images from a registry. */
  image?: 'to be built';
  quotas?: KubeResourceQuota[];
  limitRanges?: KubeLimitRange[];
  pods?: KubePod[];
  dryRun?: DryRunResult;
}

type Check = (facts: ServicePreflightFacts) => Outcome;

/** Whose it is, if the person may know. */
function ownerOf(
  claim: { namespace?: string },
  facts: ServicePreflightFacts,
): string | undefined {
  const team = facts.namespaceTeams[claim.namespace ?? ''];
  const isVisible =
    facts.viewerTeams === undefined ||
    (team !== undefined && facts.viewerTeams.includes(team));
  return isVisible ? team : undefined;
}

const checkName: Check = facts => {
  const { existing, spec, runId, madeBy } = facts;
  const { name, namespace, team } = spec.metadata;
  const owner = facts.namespaceTeams[namespace];
  if (owner !== team) {
    return block(
      owner
        ? `Namespace ${namespace} belongs to team ${owner}, not ${team}.`
        : `Namespace ${namespace} does not exist or belongs to no team.`,
      `Choose a namespace of team ${team}.`,
    );
  }
  if (!existing) {
    return notRead('Objects of that name');
  }
  const id = serviceInventory.applySetId(spec.metadata);
  const foreign = existing.find(
    ({ metadata }) =>
      metadata?.labels?.[labels.applySetPartOf] !== id &&
      metadata?.labels?.[labels.applySetId] !== id,
  );
  if (foreign) {
    return block(
      `${foreign.kind} ${foreign.metadata?.namespace}/${foreign.metadata?.name} exists and is not part of a team service of that name.`,
      'Choose another name, or delete that object first.',
    );
  }
  if (existing.length > 0 && !(runId && madeBy?.runId === runId)) {
    return block(
      `There is a team service ${namespace}/${name} already${
        madeBy?.user ? `, made by ${madeBy.user}` : ''
      }.`,
      'Choose another name, or delete that service on its page first.',
    );
  }
  return pass(
    existing.length > 0
      ? `Goes on with ${namespace}/${name}, which this run has begun.`
      : `${namespace}/${name} is free.`,
  );
};

const checkRoute: Check = facts => {
  const { claims, spec } = facts;
  const { name, namespace, team } = spec.metadata;
  const { route } = spec.spec;
  if (route !== team && Object.values(facts.namespaceTeams).includes(route)) {
    return block(
      `The route "${route}" is the name of another team, which the gateway keeps for it.`,
      `Choose "${team}", or a name that is no team's.`,
    );
  }
  if (!claims) {
    return notRead('Routes of the gateway');
  }
  const taken = claims.find(
    claim =>
      claim.route === route &&
      !(claim.namespace === namespace && claim.service === name),
  );
  if (!taken) {
    return pass(`POST /api/${route}/predict is free.`);
  }
  const owner = ownerOf(taken, facts);
  return block(
    `POST /api/${route}/predict is taken by ${
      owner
        ? `service ${taken.namespace}/${taken.service} of team ${owner}`
        : 'a service of another team'
    }.`,
    'Choose another route: routes are shared by all teams.',
  );
};

const checkModel: Check = ({ spec, usableModels }) => {
  const { model } = spec.spec;
  if (!usableModels) {
    return notRead('The models');
  }
  return usableModels.includes(model)
    ? pass(`Its key may use model ${model} and nothing else.`)
    : block(
        `There is no model "${model}" that you may use.`,
        usableModels.length > 0
          ? `Choose one of ${usableModels.join(', ')}.`
          : 'Deploy a model first.',
      );
};

const checkImage: Check = ({ spec, image }) =>
  pass(
    image === 'to be built'
      ? `${spec.spec.image} is built from the repository's content.`
      : `${spec.spec.image}: a fixed version, pulled when the repository's workflow has pushed it.`,
  );

const checkQuota: Check = facts => {
  const { metadata, spec } = facts.spec;
  return judgeDemand(
    {
      namespace: metadata.namespace,
      replicas: spec.replicas,
      resources: spec.resources,
      gpusPerReplica: 0,
      own: (facts.pods ?? []).filter(
        pod =>
          pod.metadata?.namespace === metadata.namespace &&
          pod.metadata.labels?.[labels.service] === metadata.name &&
          !isFinished(pod),
      ),
      services: facts.existing?.some(({ kind }) => kind === 'Service') ? 0 : 1,
      claims: 0,
    },
    { quotas: facts.quotas, limitRanges: facts.limitRanges, pods: facts.pods },
  );
};

const CHECKS: Record<
  ServicePreflightCheck['id'],
  { title: string; check: Check }
> = {
  name: { title: 'Name', check: checkName },
  route: { title: 'Route', check: checkRoute },
  model: { title: 'Model', check: checkModel },
  image: { title: 'Image', check: checkImage },
  quota: { title: 'Quota', check: checkQuota },
  'dry-run': {
    title: 'API server',
    check: ({ dryRun }) => checkDryRun({ dryRun }),
  },
};

/** From worst to best. */
const ORDER: PreflightVerdict[] = ['block', 'unknown', 'warn', 'pass'];

/** Judges whether a team service can be made. Pure; never throws. @public */
export function buildServicePreflight(
  facts: ServicePreflightFacts,
  options: { manifests: KubernetesObject[] },
): ServicePreflightReport {
  const checks = SERVICE_CHECKS.map(id => ({
    id,
    title: CHECKS[id].title,
    ...CHECKS[id].check(facts),
  }));
  return {
    verdict:
      ORDER.find(verdict => checks.some(check => check.verdict === verdict)) ??
      'unknown',
    checks,
    manifests: options.manifests,
    changes: facts.dryRun?.changes ?? [],
  };
}
