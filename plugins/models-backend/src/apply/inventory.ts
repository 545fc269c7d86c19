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
  PersistentVolumeClaim: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
};
/** What the built-in runtime makes: looked for also where the inventory was lost. */
const ALWAYS = ['Deployment.apps', 'Service', 'PersistentVolumeClaim'];

/**
 * Kinds to look for members of, in the order of deleting them, from the annotation
 * `applyset.kubernetes.io/contains-group-kinds` (comma-separated `Kind.group`).
 */
export function memberKinds(annotation: string | undefined): MemberKind[] {
  const named = (annotation ?? '').split(',').map(name => name.trim());
  return Object.entries(KNOWN)
    .filter(([name]) => ALWAYS.includes(name) || named.includes(name))
    .map(([, kind]) => kind);
}
