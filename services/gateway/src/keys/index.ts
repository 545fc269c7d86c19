export * from './applicationKey';
