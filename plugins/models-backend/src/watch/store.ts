import type { RawObject } from './resources';

/** The objects of one type on one cluster, by namespace and name. */
export class ObjectStore {
  #namespaces = new Map<string, Map<string, RawObject>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(name: string, namespace = ''): RawObject | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  /** All objects, or those of one namespace. */
  list(namespace?: string): RawObject[] {
    if (namespace !== undefined) {
      return [...(this.#namespaces.get(namespace)?.values() ?? [])];
    }
    return [...this.#namespaces.values()].flatMap(objects => [
      ...objects.values(),
    ]);
  }

  /** Whether anything differs from before. */
  replaceAll(objects: RawObject[]): boolean {
    const before = this.#namespaces;
    const sizeBefore = this.#size;
    this.#namespaces = new Map();
    this.#size = 0;
    let changed = objects.length !== sizeBefore;
    for (const object of objects) {
      const { name, namespace = '', resourceVersion } = object.metadata;
      changed ||=
        before.get(namespace)?.get(name)?.metadata.resourceVersion !==
        resourceVersion;
      this.set(object);
    }
    return changed;
  }

  set(object: RawObject): void {
    const { name, namespace = '' } = object.metadata;
    let objects = this.#namespaces.get(namespace);
    if (!objects) {
      objects = new Map();
      this.#namespaces.set(namespace, objects);
    }
    if (!objects.has(name)) {
      this.#size += 1;
    }
    objects.set(name, object);
  }

  delete(object: RawObject): void {
    const { name, namespace = '' } = object.metadata;
    const objects = this.#namespaces.get(namespace);
    if (objects?.delete(name)) {
      this.#size -= 1;
      if (objects.size === 0) {
        this.#namespaces.delete(namespace);
      }
    }
  }
}
