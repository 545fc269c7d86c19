import { useLayoutEffect, useState, type RefObject } from 'react';

/** Inner size of an element in whole pixels; undefined until it is measured. */
export function useSize(
  ref: RefObject<HTMLElement>,
): { width: number; height: number } | undefined {
  const [size, setSize] = useState<{ width: number; height: number }>();
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width);
      const height = Math.floor(entry.contentRect.height);
      setSize(before =>
        before?.width === width && before.height === height
          ? before
          : { width, height },
      );
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
