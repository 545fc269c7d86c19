/** The addresses of the cluster's pods. @public */
export interface PodAddresses {
  /** The pod's address; the one in `wanted` where it is free. */
  allocate(uid: string, nodeIndex: number, wanted?: string): string;
  release(uid: string): void;
}

const FIRST = 2;
const LAST = 254;

/**
 * Hands out `10.244.<node>.<n>`, each to one living pod. A released address
 * is used again only after the others of its node.
 *
 * @public
 */
export function createPodAddresses(): PodAddresses {
  const byUid = new Map<string, string>();
  const taken = new Set<string>();
  const next = new Map<number, number>();
  const take = (uid: string, address: string) => {
    byUid.set(uid, address);
    taken.add(address);
    return address;
  };
  return {
    allocate(uid, nodeIndex, wanted) {
      const mine = byUid.get(uid);
      if (mine) {
        return mine;
      }
      if (wanted && isPodAddress(wanted) && !taken.has(wanted)) {
        return take(uid, wanted);
      }
      const start = next.get(nodeIndex) ?? FIRST;
      const count = LAST - FIRST + 1;
      for (let i = 0; i < count; i += 1) {
        const n = FIRST + ((start - FIRST + i) % count);
        const address = `10.244.${nodeIndex}.${n}`;
        if (!taken.has(address)) {
          next.set(nodeIndex, n === LAST ? FIRST : n + 1);
          return take(uid, address);
        }
      }
      throw new Error(`no pod address left on node ${nodeIndex}`);
    },
    release(uid) {
      const address = byUid.get(uid);
      if (address) {
        byUid.delete(uid);
        taken.delete(address);
      }
    },
  };
}

/** Whether an address is one of a pod. @public */
export function isPodAddress(address: string): boolean {
  const match = /^10\.244\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  return !!match && Number(match[1]) <= 255 && Number(match[2]) <= 255;
}

/**
 * The loopback address that stands for a pod's: `10.244.a.b` of instance N is
 * `127.(244+N).a.b`, so that clusters on one machine never meet.
 *
 * @public
 */
export function bindAddress(podIP: string, instance: number): string {
  return podIP.replace(/^10\.244\./, `127.${244 + instance}.`);
}
