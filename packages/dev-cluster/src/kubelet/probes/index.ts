export * from './counter';
export * from './execute';
export * from './prober';
