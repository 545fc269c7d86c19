/**
 * jsdom has no layout. Everything is in sight and has this size; `scrollOutOfSight` says otherwise.
 */
const SIZE = { width: 480, height: 240 };

type Sight = (entries: Array<{ isIntersecting: boolean }>) => void;
const sights = new Set<Sight>();

class AllTheSameSize implements ResizeObserver {
  constructor(private readonly onResize: ResizeObserverCallback) {}
  observe(target: Element) {
    this.onResize(
      [{ target, contentRect: SIZE } as unknown as ResizeObserverEntry],
      this,
    );
  }
  unobserve() {}
  disconnect() {}
}

class AllInSight {
  constructor(private readonly onSight: Sight) {}
  observe() {
    sights.add(this.onSight);
    this.onSight([{ isIntersecting: true }]);
  }
  unobserve() {}
  disconnect() {
    sights.delete(this.onSight);
  }
}

/** Gives the page a layout for the tests of a file. */
export function layOutPage() {
  const before = {
    ResizeObserver: globalThis.ResizeObserver,
    IntersectionObserver: globalThis.IntersectionObserver,
  };
  beforeAll(() => {
    Object.assign(globalThis, {
      ResizeObserver: AllTheSameSize,
      IntersectionObserver: AllInSight,
    });
  });
  afterAll(() => {
    Object.assign(globalThis, before);
  });
}

export function scrollOutOfSight() {
  for (const sight of sights) {
    sight([{ isIntersecting: false }]);
  }
}
