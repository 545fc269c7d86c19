export * from './Queries';
export * from './schema';
