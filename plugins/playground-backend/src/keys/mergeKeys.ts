import type { PublishedKey } from './types';

/** A ConfigMap holds 1 MiB; far before that something else is wrong. */
const MAX_KEYS = 50;

function notAfterOf(json: string): number {
  try {
    const { notAfter } = JSON.parse(json) as { notAfter?: unknown };
    return typeof notAfter === 'string' ? Date.parse(notAfter) : NaN;
  } catch {
    return NaN;
  }
}

/**
 * The data the ConfigMap should have: our keys, and those of other replicas of
 * the portal as long as they are valid. Undefined when it has that already.
 */
export function mergeKeys(options: {
  stored: Record<string, string> | undefined;
  own: PublishedKey[];
  now: number;
}): Record<string, string> | undefined {
  const stored = options.stored ?? {};
  const own = options.own.map(key => [key.kid, JSON.stringify(key)] as const);
  const ownIds = new Set(own.map(([kid]) => kid));
  const others = Object.entries(stored)
    .filter(([kid, json]) => !ownIds.has(kid) && notAfterOf(json) > options.now)
    .sort(([, a], [, b]) => notAfterOf(b) - notAfterOf(a))
    .slice(0, MAX_KEYS - own.length);
  const wanted = Object.fromEntries(
    [...own, ...others].sort(([a], [b]) => a.localeCompare(b)),
  );
  const same =
    options.stored !== undefined &&
    Object.keys(stored).length === Object.keys(wanted).length &&
    Object.entries(wanted).every(([kid, json]) => stored[kid] === json);
  return same ? undefined : wanted;
}
