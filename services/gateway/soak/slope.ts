/** One reading of a value. */
export interface Reading {
  /** Seconds. */
  at: number;
  value: number;
}

/** 0 without readings. */
export function meanOf(readings: readonly Reading[]): number {
  return (
    readings.reduce((sum, r) => sum + r.value, 0) / Math.max(1, readings.length)
  );
}

/** The slope of the line of least squares, per second; 0 with fewer than two readings. */
export function slopeOf(readings: readonly Reading[]): number {
  const n = readings.length;
  if (n < 2) {
    return 0;
  }
  const meanAt = readings.reduce((sum, r) => sum + r.at, 0) / n;
  const meanValue = meanOf(readings);
  let above = 0;
  let below = 0;
  for (const { at, value } of readings) {
    above += (at - meanAt) * (value - meanValue);
    below += (at - meanAt) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
