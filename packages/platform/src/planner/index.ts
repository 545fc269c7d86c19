export * from './plan';
export * from './quotas';
export * from './table';
export type { PlannedNode } from './nodes';
export type { Resources } from './resources';
