export * from './types';
export type { DiagnosisFacts } from './facts';
export * from './diagnose';
