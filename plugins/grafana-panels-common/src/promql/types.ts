/** Whose series a viewer may see. @public */
export interface TeamScope {
  /** The label that names a series' team, e.g. `team`. */
  label: string;
  /** At least one. */
  teams: string[];
}

/** The expression to send to Prometheus, or why there is none. @public */
export type Enforced =
  | { ok: true; expr: string }
  | {
      ok: false;
      /** What was wrong, where, and what to do. */
      reason: string;
    };
