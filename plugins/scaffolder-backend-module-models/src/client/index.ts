export * from './modelsClient';
