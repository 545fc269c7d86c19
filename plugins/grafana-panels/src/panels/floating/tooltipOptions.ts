import type { VizTooltipOptions } from '@grafana/schema';

export interface TooltipOptions {
  /** What is under the pointer alone, everything at its place, or nothing. */
  mode: 'single' | 'multi' | 'none';
  sort?: string;
  hideZeros?: boolean;
}

/** `options.tooltip` of a panel, whatever it leaves out. */
export function tooltipOf(options: Record<string, unknown>): TooltipOptions {
  const { mode, sort, hideZeros } = (options.tooltip ??
    {}) as Partial<VizTooltipOptions>;
  return { mode: mode ?? 'single', sort, hideZeros };
}

/** The rows of a tooltip that are wanted, in the order in which they are. */
export function arrangeRows<R extends { value: number | null | undefined }>(
  rows: R[],
  { sort, hideZeros }: TooltipOptions,
): R[] {
  const shown = hideZeros ? rows.filter(({ value }) => value !== 0) : rows;
  if (sort !== 'asc' && sort !== 'desc') {
    return shown;
  }
  const direction = sort === 'asc' ? 1 : -1;
  return [...shown].sort(
    (a, b) => direction * ((a.value ?? 0) - (b.value ?? 0)),
  );
}
