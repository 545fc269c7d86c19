import { RenderedObject, valueAt } from '../rendered';
import type { OutsideObject } from './outside';
import type { Reference } from './reference';

/** What every cluster has before anything is installed. */
const EVERYWHERE: Array<[kind: string, name: RegExp]> = [
  ['Namespace', /^(default|kube-system|kube-public|kube-node-lease)$/],
  ['ServiceAccount', /^default$/],
  ['PriorityClass', /^system-(node|cluster)-critical$/],
  ['ClusterRole', /^(cluster-admin|admin|edit|view|system:.+)$/],
  // The controller manager puts it into every namespace.
  ['ConfigMap', /^kube-root-ca\.crt$/],
  // The API server keeps the rules for front proxies there.
  ['Role', /^extension-apiserver-authentication-reader$/],
];

/** What a reference may mean: the overlay's objects and what is declared outside. */
export class KnownObjects {
  constructor(
    private readonly objects: RenderedObject[],
    private readonly outside: OutsideObject[],
  ) {}

  has({ kind, namespace, name }: Reference): boolean {
    const same = (other: {
      kind: string;
      name: string;
      namespace?: string;
    }): boolean =>
      other.kind === kind &&
      other.name === name &&
      other.namespace === namespace;
    return (
      EVERYWHERE.some(
        ([known, pattern]) => known === kind && pattern.test(name),
      ) ||
      this.objects.some(object =>
        same({ kind: object.kind, ...object.metadata }),
      ) ||
      this.outside.some(same)
    );
  }

  /** The keys of a Secret or ConfigMap, undefined where nobody said them. */
  keysOf({ kind, namespace, name }: Reference): string[] | undefined {
    const object = this.objects.find(
      ({ kind: itsKind, metadata }) =>
        itsKind === kind &&
        metadata.name === name &&
        metadata.namespace === namespace,
    );
    if (object) {
      return ['data', 'binaryData', 'stringData'].flatMap(field =>
        Object.keys((valueAt(object, field) as object | undefined) ?? {}),
      );
    }
    return this.outside.find(
      entry =>
        entry.kind === kind &&
        entry.name === name &&
        entry.namespace === namespace,
    )?.keys;
  }

  /** Whether a claim that names no class gets one. */
  hasDefaultStorageClass(): boolean {
    return (
      this.objects.some(
        ({ kind, metadata }) =>
          kind === 'StorageClass' &&
          metadata.annotations?.[
            'storageclass.kubernetes.io/is-default-class'
          ] === 'true',
      ) ||
      this.outside.some(
        entry => entry.kind === 'StorageClass' && entry.default === true,
      )
    );
  }
}
