export * from './api';
export * from './live';
export * from './time';
export type { AnnotationMark, PanelData, TimeRangeMs } from './types';
