export * from './api';
export * from './live';
export type { AnnotationMark, PanelData, TimeRangeMs } from './types';
