import { Quantities } from './nodeCapacity';

/** Pod Security Standards. @public */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** A namespace of the platform. @public */
export interface NamespaceDeclaration {
  name: string;
  /** Catalog group that owns it, as in the label `llm-platform.dev/team`. */
  team: string;
  podSecurity: PodSecurityLevel;
  /** `spec.hard` of its ResourceQuota. */
  quota: Quantities;
  /** What a container gets that asks for nothing: its LimitRange's defaults. */
  defaults: { requests: Quantities; limits: Quantities };
}

const containerDefaults = {
  requests: { cpu: '50m', memory: '64Mi' },
  limits: { cpu: '500m', memory: '512Mi' },
};

/** Room for both GPU nodes' models and a few services on CPU nodes. */
const teamQuota: Quantities = {
  'requests.cpu': '10',
  'requests.memory': '36Gi',
  'requests.nvidia.com/gpu': '2',
  'requests.storage': '1Ti',
  persistentvolumeclaims: '20',
  pods: '40',
};

const noGpus: Quantities = {
  'requests.cpu': '6',
  'requests.memory': '12Gi',
  'requests.nvidia.com/gpu': '0',
  'requests.storage': '500Gi',
  persistentvolumeclaims: '20',
  pods: '40',
};

/** The namespaces of the platform and its teams. @public */
export const namespaces: readonly NamespaceDeclaration[] = [
  namespace('platform', 'platform', 'restricted', noGpus),
  namespace('observability', 'platform', 'baseline', noGpus),
  // DaemonSets that read files of the node (logs, the GPU's metrics): nothing
  // else may do that.
  namespace('node-agents', 'platform', 'privileged', noGpus),
  namespace('llm-baseline', 'platform', 'baseline', teamQuota),
  namespace('quant', 'quant', 'baseline', teamQuota),
  namespace('finetune', 'finetune', 'baseline', teamQuota),
  namespace('eval', 'eval', 'baseline', teamQuota),
];

function namespace(
  name: string,
  team: string,
  podSecurity: PodSecurityLevel,
  quota: Quantities,
): NamespaceDeclaration {
  return { name, team, podSecurity, quota, defaults: containerDefaults };
}
