import type { KubeConfigMap } from '../kube/types';
import { annotations, APPLYSET_TOOLING, labels } from '../labels';
import {
  parseModelDeploymentSpec,
  parseSerializedSpec,
  serializeSpec,
  type SpecProblem,
} from '../spec/parse';
import type { ModelDeploymentSpec } from '../spec/types';
import { applySetId, commonLabels, parentName } from './names';
import type { KubernetesObject } from './types';

/** One applied state, kept on the parent ConfigMap. @public */
export interface StoredRevision {
  revision: number;
  /** ISO time. */
  appliedAt: string;
  /** User entity ref. */
  appliedBy?: string;
  /** Scaffolder task (run) id. */
  runId?: string;
  spec: ModelDeploymentSpec;
}

/** @public */
export interface StoredSpec {
  /** Undefined when absent or broken: see `problems`. */
  spec?: ModelDeploymentSpec;
  /** Newest first, at most ten. */
  revisions: StoredRevision[];
  problems: SpecProblem[];
}

const KEPT_REVISIONS = 10;

/**
 * Adds a revision in front (number = newest + 1) and keeps the last ten. The run that made the
 * newest revision may repeat itself: that adds nothing.
 *
 * @public
 */
export function appendRevision(
  revisions: StoredRevision[],
  next: Omit<StoredRevision, 'revision'>,
): StoredRevision[] {
  const [newest] = revisions;
  const repeated =
    newest?.runId !== undefined &&
    newest.runId === next.runId &&
    serializeSpec(newest.spec) === serializeSpec(next.spec);
  if (repeated) {
    return revisions;
  }
  const revision = (newest?.revision ?? 0) + 1;
  return [{ ...next, revision }, ...revisions].slice(0, KEPT_REVISIONS);
}

/** `Deployment.apps`, or `Service` for the core group. */
function groupKind({ apiVersion, kind }: KubernetesObject): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? kind : `${kind}.${group}`;
}

/** The ApplySet's parent: spec, revisions and inventory annotations. @public */
export function renderParentConfigMap(
  spec: ModelDeploymentSpec,
  options: { members: KubernetesObject[]; revisions: StoredRevision[] },
): KubernetesObject {
  const groupKinds = new Set(options.members.map(groupKind));
  const runId = options.revisions[0]?.runId;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: parentName(spec.metadata.name),
      namespace: spec.metadata.namespace,
      labels: {
        ...commonLabels(spec),
        [labels.applySetId]: applySetId(spec.metadata),
      },
      annotations: {
        [annotations.applySetTooling]: APPLYSET_TOOLING,
        [annotations.applySetContainsGroupKinds]: [...groupKinds]
          .sort()
          .join(','),
        ...(runId === undefined ? {} : { [annotations.appliedBy]: runId }),
      },
    },
    data: {
      spec: serializeSpec(spec),
      revisions: JSON.stringify(options.revisions),
    },
  };
}

function readRevision(value: unknown): StoredRevision | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { revision, appliedAt, appliedBy, runId, spec } = value as Record<
    string,
    unknown
  >;
  const parsed = parseModelDeploymentSpec(spec);
  return typeof revision === 'number' &&
    typeof appliedAt === 'string' &&
    parsed.ok
    ? {
        revision,
        appliedAt,
        ...(typeof appliedBy === 'string' ? { appliedBy } : {}),
        ...(typeof runId === 'string' ? { runId } : {}),
        spec: parsed.spec,
      }
    : undefined;
}

/** The readable revisions, and whether something else was there too. */
function readRevisions(text: string): {
  revisions: StoredRevision[];
  broken: boolean;
} {
  try {
    const parsed: unknown = JSON.parse(text);
    const read = Array.isArray(parsed) ? parsed.map(readRevision) : [undefined];
    const revisions = read.filter(revision => revision !== undefined);
    return { revisions, broken: revisions.length < read.length };
  } catch {
    return { revisions: [], broken: true };
  }
}

/** Reads what {@link renderParentConfigMap} wrote; broken data becomes problems, never a throw. @public */
export function readStoredSpec(configMap: KubeConfigMap): StoredSpec {
  const { spec: specText, revisions: revisionsText } = configMap.data ?? {};
  const parsed =
    specText === undefined ? undefined : parseSerializedSpec(specText);
  const { revisions, broken } = readRevisions(revisionsText ?? '[]');
  const problems: SpecProblem[] = [];
  if (parsed === undefined) {
    problems.push({ path: '', message: 'the ConfigMap has no key "spec"' });
  } else if (!parsed.ok) {
    problems.push(...parsed.problems);
  }
  if (broken) {
    problems.push({
      path: 'revisions',
      message:
        'is not (or not wholly) the list of revisions that the portal writes',
    });
  }
  return {
    ...(parsed?.ok ? { spec: parsed.spec } : {}),
    revisions,
    problems,
  };
}
