import type { Endpoint } from '../routes';

/**
 * Least outstanding requests: a model's answers differ in length by orders of
 * magnitude, so taking turns would pile up behind the long ones.
 *
 * @public
 */
export class Balancer {
  private readonly outstanding = new Map<string, number>();
  private turn = 0;

  /** The least busy endpoint that wasn't tried; ties go round. */
  pick(
    endpoints: readonly Endpoint[],
    tried: ReadonlySet<string>,
  ): Endpoint | undefined {
    this.turn += 1;
    let best: Endpoint | undefined;
    let least = Infinity;
    for (let i = 0; i < endpoints.length; i += 1) {
      const endpoint = endpoints[(i + this.turn) % endpoints.length];
      const load = this.outstanding.get(endpoint.origin) ?? 0;
      if (load < least && !tried.has(endpoint.origin)) {
        best = endpoint;
        least = load;
      }
    }
    return best;
  }

  acquire(origin: string): void {
    this.outstanding.set(origin, (this.outstanding.get(origin) ?? 0) + 1);
  }

  release(origin: string): void {
    const left = (this.outstanding.get(origin) ?? 1) - 1;
    if (left > 0) {
      this.outstanding.set(origin, left);
    } else {
      this.outstanding.delete(origin);
    }
  }
}
