import type { KubeTime } from './types';

/** Milliseconds since the epoch; `undefined` when absent or not a date. @public */
export function timeMillis(time: KubeTime | undefined): number | undefined {
  if (time === undefined || time === null) {
    return undefined;
  }
  const millis = time instanceof Date ? time.getTime() : Date.parse(time);
  return Number.isNaN(millis) ? undefined : millis;
}

/** ISO 8601, or `undefined` when absent or not a date. @public */
export function isoTime(time: KubeTime | undefined): string | undefined {
  const millis = timeMillis(time);
  return millis === undefined ? undefined : new Date(millis).toISOString();
}
