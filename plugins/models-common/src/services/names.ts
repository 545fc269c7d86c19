import { labels, MANAGED_BY, PART_OF } from '../labels';
import type { TeamServiceSpec } from './types';

type Ref = { name: string; namespace: string };

/** Name of the Secret in the team's namespace with the key that the pods use. @public */
export function podKeyName(name: string): string {
  return `${name}-gateway-key`;
}

/**
 * Name of the Secret in the platform's namespace by which the gateway knows the key. The dot keeps
 * `a-b` of namespace `c` and `b` of namespace `c-a` apart.
 *
 * @public
 */
export function gatewayKeyName(ref: Ref): string {
  return `gateway-key-${ref.namespace}.${ref.name}`;
}

/** Name of the repository: teams share an organisation, and two may have a service of one name. @public */
export function repositoryName(ref: Ref): string {
  return `${ref.namespace}-${ref.name}`;
}

/**
 * The image that is built from the service's repository. Below the namespace, so that no team can
 * take the image of the platform or of another team.
 *
 * @public
 */
export function serviceImage(ref: Ref, tag: string): string {
  return `llm-platform/${ref.namespace}/${ref.name}:${tag}`;
}

/** Never changes over a service's life: a Deployment's selector is immutable (incident 15). */
export function serviceSelector(name: string): Record<string, string> {
  return { [labels.name]: name, [labels.service]: name };
}

/** Labels of everything that belongs to the service. */
export function serviceLabels(spec: TeamServiceSpec): Record<string, string> {
  const { name, team } = spec.metadata;
  return {
    ...serviceSelector(name),
    [labels.partOf]: PART_OF,
    [labels.managedBy]: MANAGED_BY,
    [labels.team]: team,
    [labels.kubernetesId]: name,
  };
}
