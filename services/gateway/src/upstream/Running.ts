/** Something that is in a `Running`. */
export interface Placed {
  /** Where it stands there. */
  place: number;
}

/**
 * What is in flight, in no order. Not a `Set`: the tables that V8's outgrows,
 * every few requests as entries come and go, each lead to the next one; as soon
 * as one of them is old, all later ones outlive the collection of young garbage
 * with whatever request was in them.
 */
export class Running<T extends Placed> {
  private readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  add(item: T): void {
    item.place = this.items.length;
    this.items.push(item);
  }

  /** The last one takes its place. */
  delete(item: T): void {
    const { place } = item;
    if (this.items[place] !== item) {
      return;
    }
    const last = this.items.pop() as T;
    if (last !== item) {
      this.items[place] = last;
      last.place = place;
    }
  }

  /** All of them as they are now; each may be deleted meanwhile. */
  all(): T[] {
    return [...this.items];
  }
}
