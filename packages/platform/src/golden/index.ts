export * from './result';
export type { ClusterFacts } from './facts';
export * from './expected';
export * from './runGoldenChecks';
export * from './table';
export * from './junit';
