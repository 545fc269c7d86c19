/** Steps that people count in. */
const STEPS = [1, 2, 2.5, 5, 10];

/** Round values from `min` to `max`, both included when they are round, about `count` of them. */
export function ticksBetween(
  min: number,
  max: number,
  count: number,
): number[] {
  const raw = (max - min) / Math.max(1, count);
  if (!(raw > 0) || !Number.isFinite(raw)) {
    return [min];
  }
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (STEPS.find(each => each * power >= raw) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    // Without the rounding 3 * 0.1 is 0.30000000000000004.
    Number(((first + i) * step).toPrecision(12)),
  );
}
