export * from './containerLog';
export * from './record';
