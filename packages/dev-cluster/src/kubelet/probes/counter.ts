/** @public */
export interface ProbeThresholds {
  successThreshold?: number;
  failureThreshold?: number;
}

/** @public */
export interface ProbeCounter {
  /**
   * Takes one result and says what holds now: `undefined` while neither
   * threshold has been reached since the last change.
   */
  add(success: boolean): boolean | undefined;
}

/**
 * Consecutive results of one probe, against its thresholds.
 *
 * @public
 */
export function createProbeCounter(thresholds: ProbeThresholds): ProbeCounter {
  const { successThreshold = 1, failureThreshold = 3 } = thresholds;
  let last: boolean | undefined;
  let run = 0;
  return {
    add(success) {
      run = success === last ? run + 1 : 1;
      last = success;
      const needed = success ? successThreshold : failureThreshold;
      return run >= needed ? success : undefined;
    },
  };
}
