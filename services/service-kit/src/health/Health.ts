/** @public */
export type HealthState = 'starting' | 'ready' | 'degraded' | 'draining';

/** @public */
export interface HealthReport {
  state: HealthState;
  /** The named conditions, with what each waits for or suffers from. */
  conditions: Record<string, { ok: boolean; detail?: string }>;
}

/**
 * Where a service is in its life. It starts `starting`, becomes `ready` once
 * every named condition holds, `degraded` while one stops holding, and
 * `draining` from the moment it is asked to stop. A service with no conditions
 * is ready at once (incident 24: no dependency is ever implied). Some conditions
 * may be only reported: nothing waits for them.
 *
 * @public
 */
export class Health {
  private readonly conditions = new Map<
    string,
    { ok: boolean; detail?: string }
  >();
  private readonly needed: ReadonlySet<string>;
  private hasStarted: boolean;
  private isDraining = false;

  constructor(conditions: string[] = [], reported: string[] = []) {
    for (const name of [...conditions, ...reported]) {
      this.conditions.set(name, { ok: false, detail: 'not checked yet' });
    }
    this.needed = new Set(conditions);
    this.hasStarted = conditions.length === 0;
  }

  /** Says whether a condition holds. Unknown names are a programming error. */
  set(name: string, ok: boolean, detail?: string): void {
    if (!this.conditions.has(name)) {
      throw new Error(`Unknown health condition '${name}'`);
    }
    this.conditions.set(name, { ok, ...(detail && !ok ? { detail } : {}) });
    if (this.allHold()) {
      this.hasStarted = true;
    }
  }

  /** No new work from now on; can't be undone. */
  drain(): void {
    this.isDraining = true;
  }

  /** True once every condition has held at the same time. */
  get started(): boolean {
    return this.hasStarted;
  }

  get state(): HealthState {
    if (this.isDraining) {
      return 'draining';
    }
    if (!this.hasStarted) {
      return 'starting';
    }
    return this.allHold() ? 'ready' : 'degraded';
  }

  report(): HealthReport {
    return {
      state: this.state,
      conditions: Object.fromEntries(this.conditions),
    };
  }

  private allHold(): boolean {
    return [...this.needed].every(name => this.conditions.get(name)?.ok);
  }
}
