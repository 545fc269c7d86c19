import { sha256 } from '@noble/hashes/sha2';
import { labels, MANAGED_BY, PART_OF } from '../labels';
import type { ModelDeploymentSpec } from '../spec/types';

/** Name of the ApplySet's parent ConfigMap: `<name>-model`. @public */
export function parentName(name: string): string {
  return `${name}-model`;
}

/** Name of the cache volume claim: `<name>-cache`. @public */
export function volumeClaimName(name: string): string {
  return `${name}-cache`;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/**
 * Id of the ApplySet with that ConfigMap as its parent, by Kubernetes' own formula; the core group
 * is the empty string, hence the closing dot.
 */
export function applySetIdOf(parent: {
  name: string;
  namespace: string;
}): string {
  const text = `${parent.name}.${parent.namespace}.ConfigMap.`;
  const hash = sha256(new TextEncoder().encode(text));
  return `applyset-${base64url(hash)}-v1`;
}

/** Id of the ApplySet of a model deployment. @public */
export function applySetId(ref: { name: string; namespace: string }): string {
  return applySetIdOf({
    name: parentName(ref.name),
    namespace: ref.namespace,
  });
}

/** Never changes over a model's life: a Deployment's selector is immutable (incident 15). */
export function selectorLabels(name: string): Record<string, string> {
  return { [labels.name]: name, [labels.model]: name };
}

/** Labels of everything that belongs to the model. */
export function commonLabels(
  spec: ModelDeploymentSpec,
): Record<string, string> {
  const { name, team } = spec.metadata;
  return {
    ...selectorLabels(name),
    [labels.partOf]: PART_OF,
    [labels.managedBy]: MANAGED_BY,
    [labels.team]: team,
    [labels.kubernetesId]: name,
  };
}

/** Labels of the ApplySet's members. */
export function memberLabels(
  spec: ModelDeploymentSpec,
): Record<string, string> {
  return {
    ...commonLabels(spec),
    [labels.applySetPartOf]: applySetId(spec.metadata),
  };
}
