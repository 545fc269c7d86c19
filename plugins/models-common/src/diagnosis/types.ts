/** What is wrong, why we think so, and what to do. @public */
export interface Diagnosis {
  /** Stable id, e.g. `kv-cache-too-small`, `image-not-found`, `gpu-exhausted`. */
  cause: string;
  severity: 'error' | 'warning' | 'info';
  /** The phase of the timeline that it holds up, if any. */
  phase?: import('../timeline/types').StartPhaseId;
  title: string;
  /** With the numbers. */
  explanation: string;
  evidence: Array<{ object: string; text: string }>;
  remedy: string;
}
