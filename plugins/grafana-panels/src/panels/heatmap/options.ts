import type { Options } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';

export interface HeatmapOptions {
  calculate: boolean;
  calculation: NonNullable<Options['calculation']>;
  cellGap: number;
  /** CSS pixels. */
  cellRadius: number;
  color: {
    mode: 'scheme' | 'opacity';
    scheme: string;
    fill: string;
    scale: 'linear' | 'exponential';
    exponent: number;
    steps: number;
    reverse: boolean;
    min?: number;
    max?: number;
  };
  filterValues: { le?: number; ge?: number };
  showLegend: boolean;
  yAxis: {
    unit?: string;
    decimals?: number;
    reverse?: boolean;
    axisPlacement?: string;
    axisLabel?: string;
    axisWidth?: number;
    /** Buckets outside of these are not shown. */
    min?: number;
    max?: number;
  };
  cellUnit?: string;
  cellDecimals?: number;
  showsTooltip: boolean;
  layout: 'auto' | 'le' | 'ge' | 'unknown';
  valueName?: string;
}

/** Grafana hides what is (nearly) zero, so that an empty bucket looks empty. */
const HIDDEN_UP_TO = 1e-9;

/** A heatmap panel's options with Grafana's defaults. */
export function heatmapOptions(
  options: Record<string, unknown>,
): HeatmapOptions {
  const given = options as Partial<Options>;
  const layout: string | undefined = given.rowsFrame?.layout;
  return {
    calculate: given.calculate === true,
    calculation: given.calculation ?? {},
    cellGap: given.cellGap ?? 1,
    cellRadius: given.cellRadius ?? 0,
    color: {
      scheme: 'Oranges',
      fill: 'dark-orange',
      exponent: 0.5,
      steps: 64,
      reverse: false,
      min: given.color?.min,
      max: given.color?.max,
      ...withoutUndefined(given.color),
      mode: given.color?.mode === ('opacity' as string) ? 'opacity' : 'scheme',
      scale:
        given.color?.scale === ('linear' as string) ? 'linear' : 'exponential',
    },
    filterValues: given.filterValues ?? { le: HIDDEN_UP_TO },
    showLegend: given.legend?.show !== false,
    yAxis: withoutUndefined(given.yAxis),
    cellUnit: given.cellValues?.unit,
    cellDecimals: given.cellValues?.decimals,
    showsTooltip: given.tooltip?.mode !== ('none' as string),
    layout:
      layout === 'le' || layout === 'ge' || layout === 'unknown'
        ? layout
        : 'auto',
    valueName: given.rowsFrame?.value,
  };
}

function withoutUndefined<T extends object>(value: T | undefined): Partial<T> {
  return Object.fromEntries(
    Object.entries(value ?? {}).filter(
      ([, each]) => each !== undefined && each !== null,
    ),
  ) as Partial<T>;
}
