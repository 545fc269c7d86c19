export * from './router';
export * from './route';
export type { RouteDependencies } from './types';
