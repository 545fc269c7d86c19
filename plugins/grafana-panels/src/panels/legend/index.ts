export { calcValues } from './calcValues';
export { legendOf } from './legendOptions';
export type { LegendItem } from './types';
export { useLegend } from './useLegend';
export type { HiddenNames } from './visibility';
export { WithLegend } from './WithLegend';
