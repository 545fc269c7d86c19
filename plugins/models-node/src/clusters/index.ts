export * from './registry';
export * from './service';
export * from './types';
