/** Prometheus refuses more points of one series. */
const MAX_POINTS = 11_000;

/** A time range as Prometheus is asked for it, in Unix seconds. */
export interface QueryWindow {
  start: number;
  end: number;
  step: number;
}

/**
 * The range on multiples of the step, so that viewers whose clocks or clicks differ by less ask the same question. A step
 * that gave too many points becomes a multiple of itself.
 */
export function alignWindow(options: {
  /** Unix milliseconds. */
  from: number;
  /** Unix milliseconds. */
  to: number;
  stepSeconds: number;
}): QueryWindow {
  const asked = Math.max(1, Math.round(options.stepSeconds * 1_000));
  const range = options.to - options.from;
  const stepMs = asked * Math.max(1, Math.ceil(range / asked / MAX_POINTS));
  const floor = (time: number) => Math.floor(time / stepMs) * stepMs;
  return {
    start: floor(options.from) / 1_000,
    end: floor(options.to) / 1_000,
    step: stepMs / 1_000,
  };
}

/** A moment, in Unix milliseconds, as Prometheus is asked for it: on a multiple of the step. */
export function alignMoment(time: number, stepSeconds: number): QueryWindow {
  return alignWindow({ from: time, to: time, stepSeconds });
}
