/** Phases of a start, in order. @public */
export const START_PHASES = [
  'scheduled',
  'node-ready',
  'volume-bound',
  'image-pulled',
  'weights-downloaded',
  'weights-loaded',
  'compiled',
  'kv-cache-sized',
  'ready',
] as const;

/** @public */
export type StartPhaseId = (typeof START_PHASES)[number];

/** @public */
export interface StartPhase {
  id: StartPhaseId;
  /** `unknown`: no evidence either way (Principle: unknown is an answer). `skipped`: does not apply. */
  status: 'done' | 'running' | 'pending' | 'failed' | 'skipped' | 'unknown';
  startedAt?: string;
  finishedAt?: string;
  /** Shown under the phase: the object, number or message it rests on. */
  evidence?: string;
}

/** Timeline of the newest pod of a model deployment. @public */
export interface StartTimeline {
  pod?: string;
  phases: StartPhase[];
  startedAt?: string;
  readyAt?: string;
}
