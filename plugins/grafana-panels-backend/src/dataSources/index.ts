export * from './DataSources';
