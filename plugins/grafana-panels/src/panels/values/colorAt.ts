import type { FieldDisplay } from '@grafana/data';

/** The colour that a figure's field gives to another value: for bars and arcs that show the way up to it. */
export function colorAt(figure: FieldDisplay): (value: number) => string {
  const { view, colIndex, display } = figure;
  const field =
    colIndex === undefined ? undefined : view?.dataFrame.fields[colIndex];
  const fallback = display.color ?? 'currentColor';
  return value => field?.display?.(value).color ?? fallback;
}

/** Smallest and largest value of a figure's scale: the dashboard's, else 0 to 100 as Grafana has it. */
export function limitsOf({ field }: FieldDisplay): {
  min: number;
  max: number;
} {
  const min = field.min ?? 0;
  const max = field.max ?? 100;
  return max > min ? { min, max } : { min, max: min + 1 };
}

/** Where a value stands between its limits, 0 to 1. */
export function shareOf(figure: FieldDisplay): number {
  const { min, max } = limitsOf(figure);
  const share = (figure.display.numeric - min) / (max - min);
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

/** `12 ms`, `–` where there is nothing. */
export function textOfFigure({ display }: FieldDisplay): string {
  return [display.prefix, display.text, display.suffix]
    .filter(Boolean)
    .join('');
}
