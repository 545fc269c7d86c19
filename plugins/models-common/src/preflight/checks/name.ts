import type { KubeObject } from '../../kube';
import { labels } from '../../labels';
import { applySetId } from '../../manifests/names';
import type { PreflightFacts } from '../facts';
import { block, notRead, pass, type Check, type Outcome } from '../outcome';

interface WithSelector {
  selector?: { matchLabels?: Record<string, string> };
}

function describe({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata?.namespace}/${metadata?.name}`;
}

/** Ours: member (or parent) of exactly this model's ApplySet. */
function isOurs(object: KubeObject, facts: PreflightFacts): boolean {
  const id = applySetId(facts.spec.metadata);
  const of = object.metadata?.labels ?? {};
  return of[labels.applySetPartOf] === id || of[labels.applySetId] === id;
}

function sameLabels(
  a: Record<string, string> = {},
  b: Record<string, string> = {},
): boolean {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.every(key => a[key] === b[key]);
}

/** Incidents 14 and 15. */
function changedSelector(facts: PreflightFacts): Outcome | undefined {
  const isDeployment = ({ kind }: { kind?: string }) => kind === 'Deployment';
  const before = facts.existing?.find(isDeployment);
  const after = facts.manifests.find(isDeployment);
  const old = (before?.spec as WithSelector | undefined)?.selector;
  const next = (after?.spec as WithSelector | undefined)?.selector;
  return old && next && !sameLabels(old.matchLabels, next.matchLabels)
    ? block(
        `The selector of Deployment ${facts.spec.metadata.name} would change, which Kubernetes refuses (it is immutable).`,
        'Delete the Deployment first, or deploy under another name.',
      )
    : undefined;
}

function wrongTeam(facts: PreflightFacts): Outcome | undefined {
  const { namespace, team } = facts.spec.metadata;
  if (!facts.namespaceTeams) {
    return undefined;
  }
  const owner = facts.namespaceTeams[namespace];
  return owner === team
    ? undefined
    : block(
        owner
          ? `Namespace ${namespace} belongs to team ${owner}, not ${team}.`
          : `Namespace ${namespace} does not exist or belongs to no team.`,
        `Choose a namespace of team ${team}.`,
      );
}

export const checkName: Check = facts => {
  const { existing, spec } = facts;
  const { name, namespace } = spec.metadata;
  const team = wrongTeam(facts);
  if (team) {
    return team;
  }
  const taken = facts.routes?.find(
    ({ route, namespace: where, service }) =>
      route === name && !(where === namespace && service === name),
  );
  if (taken) {
    // Which team serves it is not told: the name alone is public at the gateway.
    return block(
      `The gateway already serves a model "${name}".`,
      'Choose another name: routes are shared by all teams.',
    );
  }
  if (!existing) {
    return notRead('Objects of that name');
  }
  const foreign = existing.find(object => !isOurs(object, facts));
  if (foreign) {
    return block(
      `${describe(
        foreign,
      )} exists and was not made by the portal for this model.`,
      'Choose another name, or delete that object first.',
    );
  }
  return (
    changedSelector(facts) ??
    pass(
      existing.length > 0
        ? `Changes the model ${namespace}/${name} that exists.`
        : `${namespace}/${name} is free.`,
    )
  );
};
