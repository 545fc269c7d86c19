import type { FieldDisplay } from '@grafana/data';
import { tooltipOf, type TooltipOptions } from '../floating';
import type { HiddenNames } from '../legend';
import { textOfFigure } from '../values';

export interface Slice {
  name: string;
  value: number;
  /** As the field shows it: `12 GiB`. */
  text: string;
  color: string;
  /** Of the visible ones, 0 to 1. */
  share: number;
  /** Degrees, clockwise from the top. */
  from: number;
  to: number;
}

export interface PieOptions {
  pieType: 'pie' | 'donut';
  sort: 'asc' | 'desc' | 'none';
  displayLabels: Array<'name' | 'value' | 'percent'>;
  legendValues: Array<'value' | 'percent'>;
  tooltip: TooltipOptions;
}

/** A pie chart panel's options with Grafana's defaults. */
export function pieOptions(options: Record<string, unknown>): PieOptions {
  const legend = (options.legend ?? {}) as { values?: unknown };
  return {
    pieType: options.pieType === 'donut' ? 'donut' : 'pie',
    sort:
      options.sort === 'asc' || options.sort === 'none' ? options.sort : 'desc',
    displayLabels: Array.isArray(options.displayLabels)
      ? options.displayLabels
      : [],
    legendValues: Array.isArray(legend.values) ? legend.values : [],
    tooltip: tooltipOf(options),
  };
}

/** Slices of a pie; nothing has a part that isn't a number above zero. */
export function slicesOf(
  figures: FieldDisplay[],
  sort: PieOptions['sort'],
  hidden: HiddenNames,
): Slice[] {
  const parts = figures
    .filter(
      ({ display }) => display.numeric > 0 && Number.isFinite(display.numeric),
    )
    .map(figure => ({
      name: figure.display.title ?? figure.name,
      value: figure.display.numeric,
      text: textOfFigure(figure),
      color: figure.display.color ?? '#808080',
    }));
  if (sort !== 'none') {
    const direction = sort === 'asc' ? 1 : -1;
    parts.sort((a, b) => direction * (a.value - b.value));
  }
  const total = parts
    .filter(({ name }) => !hidden.has(name))
    .reduce((sum, { value }) => sum + value, 0);
  let angle = 0;
  return parts.map(part => {
    const share = hidden.has(part.name) ? 0 : part.value / total;
    const from = angle;
    angle += share * 360;
    return { ...part, share, from, to: angle };
  });
}

/** `12.3%`. */
export function percentText(share: number): string {
  return `${(share * 100).toFixed(share >= 0.0995 ? 0 : 1)}%`;
}
