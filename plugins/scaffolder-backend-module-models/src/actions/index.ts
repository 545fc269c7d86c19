export * from './apply';
export * from './preflight';
export * from './waitReady';
export * from './services';
