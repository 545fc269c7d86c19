import { useEffect, useState, type RefObject } from 'react';

/** What is this near is read before it is scrolled to. */
const MARGIN = '400px 0px';

/** Whether an element is on the screen or nearly, and whether it has been. */
export function useInSight(ref: RefObject<HTMLElement>): {
  inSight: boolean;
  seen: boolean;
} {
  const [state, setState] = useState({ inSight: false, seen: false });
  useEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      entries => {
        const inSight = entries[entries.length - 1].isIntersecting;
        setState(before => ({ inSight, seen: before.seen || inSight }));
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return state;
}
