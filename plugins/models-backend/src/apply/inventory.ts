import { labels } from '@llm-platform/plugin-models-common';
import type { LiveObject, ObjectApi } from '../objects';

/** A kind that an ApplySet may contain. */
export interface MemberKind {
  apiVersion: string;
  kind: string;
}

const KNOWN: Record<string, MemberKind> = {
  'Deployment.apps': { apiVersion: 'apps/v1', kind: 'Deployment' },
  Service: { apiVersion: 'v1', kind: 'Service' },
  ConfigMap: { apiVersion: 'v1', kind: 'ConfigMap' },
  Secret: { apiVersion: 'v1', kind: 'Secret' },
  ServiceAccount: { apiVersion: 'v1', kind: 'ServiceAccount' },
  PersistentVolumeClaim: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
};

/**
 * Kinds to look for members of, in the order of deleting them: those of the annotation
 * `applyset.kubernetes.io/contains-group-kinds` (comma-separated `Kind.group`), and those that the set makes always, for
 * the inventory may be lost.
 */
export function memberKinds(options: {
  annotation: string | undefined;
  always: string[];
}): MemberKind[] {
  const named = (options.annotation ?? '').split(',').map(name => name.trim());
  return Object.entries(KNOWN)
    .filter(([name]) => options.always.includes(name) || named.includes(name))
    .map(([, kind]) => kind);
}

/** The members of an ApplySet in one namespace, by their label, in the order of the kinds. */
export async function listMembers(
  api: ObjectApi,
  options: { kinds: MemberKind[]; namespace: string; applySet: string },
): Promise<LiveObject[]> {
  const { kinds, namespace, applySet } = options;
  const lists = await Promise.all(
    kinds.map(kind =>
      api.list({ ...kind, namespace }, `${labels.applySetPartOf}=${applySet}`),
    ),
  );
  return lists.flat();
}
