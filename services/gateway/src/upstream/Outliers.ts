import type { Endpoint } from '../routes';

/** @public */
export interface OutlierSettings {
  /** Failures in a row after which an endpoint is left out. */
  failures: number;
  /** For how long the first time, in ms; twice as long each further time. */
  firstEjectionMs: number;
  longestEjectionMs: number;
}

/** @public */
export const defaultOutlierSettings: OutlierSettings = {
  failures: 5,
  firstEjectionMs: 5_000,
  longestEjectionMs: 300_000,
};

interface EndpointRecord {
  failuresInARow: number;
  /** Ejections since it was last well for as long as one lasted. */
  ejections: number;
  ejectedUntil: number;
}

/**
 * Leaves endpoints out that fail time after time while the cluster still calls
 * them ready. At most half of a route's endpoints, so never the only one:
 * where most fail, the fault is elsewhere and leaving them out would add to it.
 *
 * @public
 */
export class Outliers {
  /** Of endpoints that have failed lately; empty while all is well. */
  private readonly records = new Map<string, EndpointRecord>();

  constructor(
    private readonly settings: OutlierSettings = defaultOutlierSettings,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether an endpoint of a route is left out now. */
  isEjected(origin: string): boolean {
    const record = this.records.get(origin);
    return record !== undefined && record.ejectedUntil > this.now();
  }

  /** The endpoints that are left out, undefined where there are none or too many. */
  ejectedOf(endpoints: readonly Endpoint[]): Set<string> | undefined {
    if (this.records.size === 0) {
      return undefined;
    }
    const ejected = new Set<string>();
    for (const { origin } of endpoints) {
      if (this.isEjected(origin)) {
        ejected.add(origin);
      }
    }
    // Others may have gone since the decision.
    return ejected.size > 0 && ejected.size <= endpoints.length / 2
      ? ejected
      : undefined;
  }

  succeeded(origin: string): void {
    const record = this.records.get(origin);
    if (!record) {
      return;
    }
    record.failuresInARow = 0;
    const lasted = this.ejectionMs(record.ejections);
    if (record.ejections === 0 || this.now() >= record.ejectedUntil + lasted) {
      this.records.delete(origin);
    }
  }

  /** Returns for how long the endpoint is left out from now on, in ms. */
  failed(origin: string, endpoints: readonly Endpoint[]): number | undefined {
    let record = this.records.get(origin);
    if (!record) {
      record = { failuresInARow: 0, ejections: 0, ejectedUntil: 0 };
      this.records.set(origin, record);
    }
    record.failuresInARow += 1;
    if (this.isEjected(origin) || !this.isOutlier(record)) {
      return undefined;
    }
    const others = endpoints.filter(
      e => e.origin !== origin && this.isEjected(e.origin),
    ).length;
    if (others + 1 > endpoints.length / 2) {
      return undefined;
    }
    record.ejections += 1;
    const ms = this.ejectionMs(record.ejections);
    record.ejectedUntil = this.now() + ms;
    record.failuresInARow = 0;
    return ms;
  }

  /** Forgets endpoints that are gone. */
  keepOnly(origins: ReadonlySet<string>): void {
    for (const origin of this.records.keys()) {
      if (!origins.has(origin)) {
        this.records.delete(origin);
      }
    }
  }

  /** One that is back from an ejection has a single try. */
  private isOutlier(record: EndpointRecord): boolean {
    return (
      record.failuresInARow >=
      (record.ejections > 0 ? 1 : this.settings.failures)
    );
  }

  private ejectionMs(ejections: number): number {
    const { firstEjectionMs, longestEjectionMs } = this.settings;
    return Math.min(
      firstEjectionMs * 2 ** Math.max(0, ejections - 1),
      longestEjectionMs,
    );
  }
}
