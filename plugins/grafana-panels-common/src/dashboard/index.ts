export { parseDashboard } from './parseDashboard';
export { expandRepeats } from './repeats';
export * from './types';
