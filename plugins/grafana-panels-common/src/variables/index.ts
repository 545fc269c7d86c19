export { interpolateText } from './interpolate';
export { interpolatePromql } from './interpolatePromql';
export * from './types';
