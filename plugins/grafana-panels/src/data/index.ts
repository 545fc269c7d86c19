export * from './api';
export * from './live';
export { TRANSFORMATION_IDS } from './transformations';
export type { AnnotationMark, PanelData, TimeRangeMs } from './types';
