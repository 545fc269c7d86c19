export * from './compareRoute';
