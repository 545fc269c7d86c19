import type { GpuAllocation } from '../allocation/types';
import type {
  ModelDeploymentDetail,
  ModelDeploymentRef,
  ModelDeploymentSummary,
  TeamServiceDetail,
  TeamServiceSummary,
} from '../deployments/types';
import type { Diagnosis } from '../diagnosis/types';
import type { ObjectChange, PreflightReport } from '../preflight/types';
import type { GpuProfile, ModelPreset } from '../profiles/types';
import type { ServicePreflightReport } from '../services/preflight';
import type { TeamServiceSpec } from '../services/types';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';

/** Partial failure is data: one broken cluster never blanks a page. @public */
export interface ClusterError {
  cluster: string;
  /** `starting`: the embedded cluster is being built, which is no failure. */
  state: Exclude<ClusterStatus['state'], 'synced'>;
  message: string;
  /** ISO time since when it fails. */
  since?: string;
}

/** @public */
export interface ListResponse<T> {
  items: T[];
  errors: ClusterError[];
  /** Version of the cache this was computed from; goes into `?since=`. */
  version: number;
}

/** @public */
export interface ClusterStatus {
  name: string;
  title?: string;
  state: 'starting' | 'connecting' | 'synced' | 'unreachable';
  message?: string;
  since: string;
  readOnly: boolean;
  embedded: boolean;
}

/** Progress of `npm start` until the embedded cluster is ready. @public */
export interface BootstrapStep {
  id: string;
  title: string;
  /** It goes on when everything else is ready, and nothing waits for it. */
  background?: boolean;
  status: 'pending' | 'running' | 'done' | 'failed';
  message?: string;
  startedAt?: string;
  finishedAt?: string;
}

/** GET /v1/status @public */
export interface PlatformStatus {
  clusters: ClusterStatus[];
  bootstrap?: BootstrapStep[];
}

/** GET /v1/overview: what the home page needs in one response. @public */
export interface PlatformOverview {
  status: PlatformStatus;
  models: Record<
    | 'ready'
    | 'starting'
    | 'waiting'
    | 'degraded'
    | 'failing'
    | 'stopped'
    | 'unknown',
    number
  >;
  pods: { running: number; pending: number; failing: number };
  gpus: GpuAllocation['total'];
  attention: Array<
    Diagnosis & { ref?: ModelDeploymentRef; team?: string; since?: string }
  >;
  myTeams: string[];
  version: number;
}

/** POST /v1/preflight and /v1/model-deployments. @public */
export interface DeployRequest {
  cluster: string;
  spec: ModelDeploymentSpec;
  /** Id of the run (scaffolder task id). A second apply with the same id is a no-op that reports the first. */
  runId?: string;
}

/** POST /v1/services/preflight and /v1/services. @public */
export interface ServiceRequest {
  cluster: string;
  spec: TeamServiceSpec;
  /** Id of the run (scaffolder task id): it may finish what it has begun, nobody else may. */
  runId?: string;
}

/** Answer of POST /v1/model-deployments. @public */
export interface ApplyResult {
  ref: ModelDeploymentRef;
  revision: number;
  changes: ObjectChange[];
}

/** Answer of DELETE /v1/model-deployments/… @public */
export interface DeleteResult {
  deleted: string[];
  leftovers: string[];
}

/** GET /v1/teams/:team @public */
export interface TeamView {
  team: string;
  namespaces: Array<{ cluster: string; name: string }>;
  services: TeamServiceSummary[];
  models: ModelDeploymentSummary[];
  gpus: { allocated: number; pending: number };
  attention: PlatformOverview['attention'];
  errors: ClusterError[];
  version: number;
}

/** GET /v1/form: choices of the form, for the signed-in user. @public */
export interface FormOptions {
  clusters: ClusterStatus[];
  /** Namespaces where the user may create models. */
  namespaces: Array<{ cluster: string; name: string; team: string }>;
  profiles: GpuProfile[];
  presets: ModelPreset[];
  storageClasses: Array<{ cluster: string; name: string; isDefault: boolean }>;
}

/** GET /v1/architectures?model=… @public */
export interface ArchitectureLookup {
  model: string;
  architecture?: ModelArchitecture;
  source?: string;
  /** Why nothing was found and what to do. */
  message?: string;
}

/** Payload on the signals channel `models:changes`. @public */
export interface ChangeHint {
  version: number;
}

/** @public */
export const CHANGES_CHANNEL = 'models:changes';

/** Every route of models-backend, for clients and tests. @public */
export interface ModelsApiClient {
  getStatus(): Promise<PlatformStatus>;
  getOverview(): Promise<PlatformOverview>;
  listModels(options?: {
    team?: string;
  }): Promise<ListResponse<ModelDeploymentSummary>>;
  getModel(ref: ModelDeploymentRef): Promise<ModelDeploymentDetail>;
  getGpus(): Promise<
    GpuAllocation & { errors: ClusterError[]; version: number }
  >;
  listTeams(): Promise<ListResponse<{ team: string }>>;
  getTeam(team: string): Promise<TeamView>;
  getFormOptions(): Promise<FormOptions>;
  getArchitecture(model: string): Promise<ArchitectureLookup>;
  preflight(request: DeployRequest): Promise<PreflightReport>;
  apply(request: DeployRequest): Promise<ApplyResult>;
  scale(
    ref: ModelDeploymentRef,
    replicas: number,
  ): Promise<ModelDeploymentSummary>;
  remove(
    ref: ModelDeploymentRef,
    options: { deleteVolume: boolean },
  ): Promise<DeleteResult>;
  getService(ref: ModelDeploymentRef): Promise<TeamServiceDetail>;
  preflightService(request: ServiceRequest): Promise<ServicePreflightReport>;
  removeService(ref: ModelDeploymentRef): Promise<DeleteResult>;
  /** Text lines as they come; ends when the container does or `signal` aborts. */
  streamLogs(
    ref: ModelDeploymentRef,
    options: {
      pod: string;
      container?: string;
      previous?: boolean;
      tailLines?: number;
      follow?: boolean;
      signal?: AbortSignal;
    },
  ): AsyncIterable<string>;
}
