export * from './promtool';
export * from './run';
