export * from './teamView';
