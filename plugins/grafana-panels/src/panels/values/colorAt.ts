import {
  getDisplayProcessor,
  type FieldDisplay,
  type GrafanaTheme2,
} from '@grafana/data';

/**
 * The colour that a figure's field gives to another value: for bars that show the way up to it. What one value is mapped
 * to says nothing about those below.
 */
export function colorAt(
  figure: FieldDisplay,
  theme: GrafanaTheme2,
): (value: number) => string {
  const { view, colIndex, display } = figure;
  const field =
    colIndex === undefined ? undefined : view?.dataFrame.fields[colIndex];
  const fallback = display.color ?? 'currentColor';
  const displayOf = field?.config.mappings?.length
    ? getDisplayProcessor({
        field: { ...field, config: { ...field.config, mappings: [] } },
        theme,
      })
    : field?.display;
  return value => displayOf?.(value).color ?? fallback;
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

/** Where a value, the figure's own by default, stands between its limits, 0 to 1. */
export function shareOf(
  figure: FieldDisplay,
  value = figure.display.numeric,
): number {
  const { min, max } = limitsOf(figure);
  const share = (value - min) / (max - min);
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

/** What a figure without a value says, where the dashboard has no words for it. */
export const NOTHING = '–';

/** `12 ms`, `–` where there is nothing. */
export function textOfFigure({ display }: FieldDisplay): string {
  return (
    [display.prefix, display.text, display.suffix].filter(Boolean).join('') ||
    NOTHING
  );
}
