export { calcValues } from './calcValues';
export { legendWidth } from './legendWidth';
export { Legend } from './Legend';
export { LegendLayout } from './LegendLayout';
export { legendOf } from './legendOptions';
export type { LegendItem, LegendValue } from './types';
export { toggleName, type HiddenNames } from './visibility';
