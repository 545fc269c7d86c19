export * from './dryRun';
export * from './runner';
