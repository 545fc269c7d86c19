import type { VizLegendOptions } from '@grafana/schema';

export interface Legend {
  isShown: boolean;
  isTable: boolean;
  placement: 'bottom' | 'right';
  /** Ids of reducers: `mean`, `lastNotNull`. */
  calcs: string[];
  sortBy?: string;
  sortDesc?: boolean;
  /** CSS pixels; only at the right. */
  width?: number;
}

/** `options.legend` of a panel, whatever it leaves out. */
export function legendOf(options: Record<string, unknown>): Legend {
  const legend = (options.legend ?? {}) as Partial<VizLegendOptions>;
  return {
    isShown: legend.showLegend !== false && legend.displayMode !== 'hidden',
    isTable: legend.displayMode === 'table' || legend.asTable === true,
    placement: legend.placement === 'right' ? 'right' : 'bottom',
    calcs: Array.isArray(legend.calcs) ? legend.calcs : [],
    sortBy: legend.sortBy,
    sortDesc: legend.sortDesc,
    width: legend.width,
  };
}
