import type { FitResult } from '../fit/types';
import type {
  KubeLimitRange,
  KubeNode,
  KubeObject,
  KubePod,
  KubeResourceQuota,
  KubeStorageClass,
} from '../kube/types';
import type { KubernetesObject } from '../manifests/types';
import type { GpuProfile } from '../profiles/types';
import type { SpecProblem } from '../spec/parse';
import type { ModelDeploymentSpec } from '../spec/types';
import type { ObjectChange } from './types';

/** Outcome of the server-side dry run of the manifests. @public */
export interface DryRunResult {
  changes: ObjectChange[];
  /** Server's refusals, one per object. */
  errors: Array<{
    object: string;
    /** HTTP status, e.g. 403, 422. */
    code?: number;
    message: string;
  }>;
}

/** Everything the checks judge. `undefined` = not read (the check says unknown), never "none". @public */
export interface PreflightFacts {
  spec: ModelDeploymentSpec;
  /** Problems of {@link parseModelDeploymentSpec}, if any. */
  specProblems?: SpecProblem[];
  /** The profile that the spec names; undefined when there is none of that id. */
  profile?: GpuProfile;
  /** Whether the model asks for a token: from the architecture. */
  gated?: boolean;
  fit: FitResult;
  manifests: KubernetesObject[];
  nodes?: KubeNode[];
  /** Pods of the whole cluster. */
  pods?: KubePod[];
  /** Team by namespace, for "held by". */
  namespaceTeams?: Record<string, string>;
  /** Teams whose pods the user may see by name; undefined = all. */
  viewerTeams?: string[];
  /** Of the target namespace. */
  quotas?: KubeResourceQuota[];
  limitRanges?: KubeLimitRange[];
  storageClasses?: KubeStorageClass[];
  /** Names of the CSIDriver objects. */
  csiDrivers?: string[];
  /** Secrets of the target namespace: names and keys, never values. */
  secrets?: Array<{ name: string; keys?: string[] }>;
  /** Objects that the cluster already has under the manifests' names (and the parent ConfigMap). */
  existing?: Array<
    KubeObject & { spec?: object; data?: Record<string, string> }
  >;
  /** Gateway routes of other Services of the cluster: a route name may be served once only. */
  routes?: Array<{ route: string; namespace: string; service: string }>;
  dryRun?: DryRunResult;
}
