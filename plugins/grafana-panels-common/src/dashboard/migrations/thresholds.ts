import { number, text } from '../json';

interface Step {
  value: number | null;
  color: string;
}

const DEFAULT_COLORS = ['#299c46', 'rgba(237, 129, 40, 0.89)', '#d44a3a'];

/** `"80,90"` with three colours: below 80, below 90, from 90 on. */
export function textThresholds(thresholds: unknown, colors: unknown): Step[] {
  const limits = (text(thresholds) ?? '')
    .split(',')
    .map(number)
    .filter(limit => limit !== undefined);
  const given = Array.isArray(colors) ? colors.map(text) : [];
  const colorAt = (index: number) =>
    given[index] ?? DEFAULT_COLORS[Math.min(index, DEFAULT_COLORS.length - 1)];
  return [
    { value: null, color: colorAt(0) },
    ...limits.map((value, index) => ({ value, color: colorAt(index + 1) })),
  ];
}
