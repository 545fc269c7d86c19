export * from './addresses';
export * from './context';
export * from './podManager';
export * from './podWorker';
