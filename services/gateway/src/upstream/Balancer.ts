import type { Endpoint } from '../routes';
import { hashText, preference } from './rendezvous';

/** A replica takes this much more than the average before a key moves on. */
const BOUND = 1.25;
/** Up to here a replica isn't busy: the model answers a few requests at once. */
const NEVER_BUSY = 4;

/**
 * Least outstanding requests: a model's answers differ in length by orders of
 * magnitude, so taking turns would pile up behind the long ones.
 *
 * @public
 */
export class Balancer {
  private readonly outstanding = new Map<string, number>();
  private turn = 0;

  /**
   * The least busy endpoint that may be used; ties go round. Requests of one
   * affinity key go to one endpoint while it has no more than its share.
   */
  pick(
    endpoints: readonly Endpoint[],
    mayUse: (origin: string) => boolean,
    affinityKey?: string,
  ): Endpoint | undefined {
    const preferred =
      affinityKey === undefined
        ? undefined
        : this.pickByKey(endpoints, mayUse, affinityKey);
    if (preferred) {
      return preferred;
    }
    this.turn += 1;
    let best: Endpoint | undefined;
    let least = Infinity;
    for (let i = 0; i < endpoints.length; i += 1) {
      const endpoint = endpoints[(i + this.turn) % endpoints.length];
      const load = this.load(endpoint.origin);
      if (load < least && mayUse(endpoint.origin)) {
        best = endpoint;
        least = load;
      }
    }
    return best;
  }

  acquire(origin: string): void {
    this.outstanding.set(origin, this.load(origin) + 1);
  }

  release(origin: string): void {
    const left = this.load(origin) - 1;
    if (left > 0) {
      this.outstanding.set(origin, left);
    } else {
      this.outstanding.delete(origin);
    }
  }

  private load(origin: string): number {
    return this.outstanding.get(origin) ?? 0;
  }

  private pickByKey(
    endpoints: readonly Endpoint[],
    mayUse: (origin: string) => boolean,
    affinityKey: string,
  ): Endpoint | undefined {
    let total = 1;
    for (const { origin } of endpoints) {
      total += this.load(origin);
    }
    const most = Math.max(
      NEVER_BUSY,
      Math.ceil((BOUND * total) / endpoints.length),
    );
    const keyHash = hashText(affinityKey);
    let best: Endpoint | undefined;
    let highest = -1;
    for (const endpoint of endpoints) {
      const { origin } = endpoint;
      if (this.load(origin) < most && mayUse(origin)) {
        const score = preference(keyHash, origin);
        if (score > highest) {
          best = endpoint;
          highest = score;
        }
      }
    }
    return best;
  }
}
