export * from './connectModel';
export * from './ModelClient';
export * from './ModelMonitor';
export * from './VllmClient';
export type { ModelEnvironment } from './modelEnvironment';
