import type { Diagnosis } from '../diagnosis/types';
import type { TeamServiceSpec } from '../services/types';
import type { ModelDeploymentSpec } from '../spec/types';
import type { StartTimeline } from '../timeline/types';

/** One vocabulary of state, everywhere the same word, icon and colour. @public */
export type ModelState =
  | 'Ready'
  | 'Starting'
  | 'Waiting'
  | 'Degraded'
  | 'Failing'
  | 'Stopped'
  | 'Unknown';

/** Identifies a model deployment. @public */
export interface ModelDeploymentRef {
  cluster: string;
  namespace: string;
  name: string;
}

/** One row of the models list. Counts are of the newest generation. @public */
export interface ModelDeploymentSummary extends ModelDeploymentRef {
  team: string;
  /** Served model name = the gateway's route. */
  route: string;
  /** Hugging Face id. */
  modelId: string;
  state: ModelState;
  /** One sentence: what it waits for or why it fails. */
  reason?: string;
  replicas: { desired: number; ready: number };
  profile?: string;
  gpus: { requested: number; product?: string };
  /** What is not real about it on this cluster; undefined = real. */
  simulated?: string;
  createdAt: string;
  /** ISO time of the newest cluster fact behind this row. */
  lastSeen: string;
}

/** @public */
export interface PodView {
  name: string;
  node?: string;
  phase: string;
  state: ModelState;
  /** e.g. `CrashLoopBackOff`, `ErrImagePull`, `Unschedulable`. */
  reason?: string;
  message?: string;
  ready: boolean;
  restarts: number;
  createdAt: string;
  containers: Array<{
    name: string;
    image: string;
    ready: boolean;
    state: 'running' | 'waiting' | 'terminated' | 'unknown';
    reason?: string;
    message?: string;
    exitCode?: number;
    lastState?: { reason?: string; exitCode?: number; finishedAt?: string };
  }>;
  simulated?: string;
}

/** @public */
export interface EventView {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  object: string;
  count: number;
  lastSeen: string;
}

/** @public */
export interface ModelDeploymentDetail extends ModelDeploymentSummary {
  spec?: ModelDeploymentSpec;
  /** Newest first; at most 10. */
  revisions: Array<{ revision: number; appliedAt: string; appliedBy?: string }>;
  pods: PodView[];
  events: EventView[];
  timeline: StartTimeline;
  findings: Diagnosis[];
  endpoint: { internal: string; gateway?: string };
}

/** A team's own API behind the gateway. @public */
export interface TeamServiceSummary {
  cluster: string;
  namespace: string;
  name: string;
  team: string;
  /** Name in `POST /api/<route>/predict` of the gateway. */
  route?: string;
  /** Route of the model that it asks. */
  model?: string;
  /** Where its source is: a URL. */
  repository?: string;
  state: ModelState;
  reason?: string;
  replicas: { desired: number; ready: number };
  simulated?: string;
}

/** @public */
export interface TeamServiceDetail extends TeamServiceSummary {
  /** Of a service that the portal made. */
  spec?: TeamServiceSpec;
  /** Who made it and when, where the portal did. */
  revisions: Array<{ revision: number; appliedAt: string; appliedBy?: string }>;
  pods: PodView[];
  events: EventView[];
  findings: Diagnosis[];
  endpoint: { internal: string; gateway?: string };
}
