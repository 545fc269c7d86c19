import { useRef } from 'react';

/**
 * Like `useMemo`, for parts whose number changes: computes again when one of the parts is another than at the last render.
 */
export function useUnchanged<T>(
  compute: () => T,
  parts: readonly unknown[],
): T {
  const last = useRef<{ parts: readonly unknown[]; value: T } | undefined>(
    undefined,
  );
  const before = last.current;
  if (
    before &&
    before.parts.length === parts.length &&
    before.parts.every((part, index) => Object.is(part, parts[index]))
  ) {
    return before.value;
  }
  const value = compute();
  last.current = { parts, value };
  return value;
}
