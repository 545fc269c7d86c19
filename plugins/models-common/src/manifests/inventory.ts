import type { KubeConfigMap } from '../kube/types';
import { annotations, APPLYSET_TOOLING, labels } from '../labels';
import {
  parseText,
  serialize,
  type ParseSpecResult,
  type SpecProblem,
} from '../spec/parse';
import type { ModelDeploymentSpec } from '../spec/types';
import { applySetIdOf } from './names';
import type { KubernetesObject } from './types';

/** One applied state, kept on the parent ConfigMap. @public */
export interface StoredRevision<S = ModelDeploymentSpec> {
  revision: number;
  /** ISO time. */
  appliedAt: string;
  /** User entity ref. */
  appliedBy?: string;
  /** Scaffolder task (run) id. */
  runId?: string;
  spec: S;
}

/** @public */
export interface StoredSpec<S = ModelDeploymentSpec> {
  /** Undefined when absent or broken: see `problems`. */
  spec?: S;
  /** Newest first, at most ten. */
  revisions: StoredRevision<S>[];
  problems: SpecProblem[];
}

/** What every spec that the portal applies has. @public */
export interface OwnedSpec {
  metadata: { name: string; namespace: string; team: string };
}

/** What an inventory is of. @public */
export interface InventoryOptions<S extends OwnedSpec> {
  /** For people: `model deployment`. */
  noun: string;
  /** Name of the parent ConfigMap. */
  parentName(name: string): string;
  /** Labels of the parent. */
  labelsOf(spec: S): Record<string, string>;
  check(input: unknown): ParseSpecResult<S>;
  /** Kinds (`Deployment.apps`) that it makes always: looked for also where the parent was lost. */
  kinds: string[];
  /** Namespaces beside the parent's in which members may be. */
  additionalNamespaces?: string[];
}

const KEPT_REVISIONS = 10;

/** `Deployment.apps`, or `Service` for the core group. */
function groupKind({ apiVersion, kind }: KubernetesObject): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? kind : `${kind}.${group}`;
}

/**
 * The ApplySets of one sort of thing: a parent ConfigMap holds the spec, its last revisions, and in
 * Kubernetes' own annotations which kinds belong to it and where.
 *
 * @public
 */
export class Inventory<S extends OwnedSpec> {
  readonly #options: InventoryOptions<S>;

  static create<S extends OwnedSpec>(
    options: InventoryOptions<S>,
  ): Inventory<S> {
    return new Inventory(options);
  }

  private constructor(options: InventoryOptions<S>) {
    this.#options = options;
  }

  get noun(): string {
    return this.#options.noun;
  }

  get kinds(): string[] {
    return this.#options.kinds;
  }

  get additionalNamespaces(): string[] {
    return this.#options.additionalNamespaces ?? [];
  }

  parentName(name: string): string {
    return this.#options.parentName(name);
  }

  applySetId(ref: { name: string; namespace: string }): string {
    return applySetIdOf({
      name: this.parentName(ref.name),
      namespace: ref.namespace,
    });
  }

  serialize(spec: S): string {
    return serialize(spec, this.#options);
  }

  /**
   * Adds a revision in front (number = newest + 1) and keeps the last ten. The run that made the
   * newest revision may repeat itself: that adds nothing.
   */
  appendRevision(
    revisions: StoredRevision<S>[],
    next: Omit<StoredRevision<S>, 'revision'>,
  ): StoredRevision<S>[] {
    const [newest] = revisions;
    const repeated =
      newest?.runId !== undefined &&
      newest.runId === next.runId &&
      this.serialize(newest.spec) === this.serialize(next.spec);
    if (repeated) {
      return revisions;
    }
    const revision = (newest?.revision ?? 0) + 1;
    return [{ ...next, revision }, ...revisions].slice(0, KEPT_REVISIONS);
  }

  /** The parent: spec, revisions and inventory annotations. */
  renderParent(
    spec: S,
    options: { members: KubernetesObject[]; revisions: StoredRevision<S>[] },
  ): KubernetesObject {
    const { name, namespace } = spec.metadata;
    const groupKinds = new Set(options.members.map(groupKind));
    const elsewhere = new Set(
      options.members.flatMap(({ metadata }) =>
        metadata.namespace && metadata.namespace !== namespace
          ? [metadata.namespace]
          : [],
      ),
    );
    const runId = options.revisions[0]?.runId;
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: this.parentName(name),
        namespace,
        labels: {
          ...this.#options.labelsOf(spec),
          [labels.applySetId]: this.applySetId(spec.metadata),
        },
        annotations: {
          [annotations.applySetTooling]: APPLYSET_TOOLING,
          [annotations.applySetContainsGroupKinds]: [...groupKinds]
            .sort()
            .join(','),
          ...(elsewhere.size > 0 && {
            [annotations.applySetAdditionalNamespaces]: [...elsewhere]
              .sort()
              .join(','),
          }),
          ...(runId === undefined ? {} : { [annotations.appliedBy]: runId }),
        },
      },
      data: {
        spec: this.serialize(spec),
        revisions: JSON.stringify(options.revisions),
      },
    };
  }

  /** Reads what {@link renderParent} wrote; broken data becomes problems, never a throw. */
  readStored(configMap: KubeConfigMap): StoredSpec<S> {
    const { spec: specText, revisions: revisionsText } = configMap.data ?? {};
    const parsed =
      specText === undefined
        ? undefined
        : parseText(specText, this.#options.check);
    const { revisions, broken } = this.#readRevisions(revisionsText ?? '[]');
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

  /** The readable revisions, and whether something else was there too. */
  #readRevisions(text: string): {
    revisions: StoredRevision<S>[];
    broken: boolean;
  } {
    try {
      const parsed: unknown = JSON.parse(text);
      const read = Array.isArray(parsed)
        ? parsed.map(value => this.#readRevision(value))
        : [undefined];
      const revisions = read.filter(revision => revision !== undefined);
      return { revisions, broken: revisions.length < read.length };
    } catch {
      return { revisions: [], broken: true };
    }
  }

  #readRevision(value: unknown): StoredRevision<S> | undefined {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    const { revision, appliedAt, appliedBy, runId, spec } = value as Record<
      string,
      unknown
    >;
    const parsed = this.#options.check(spec);
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
}
