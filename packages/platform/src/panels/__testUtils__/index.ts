export * from './RunningPrometheus';
