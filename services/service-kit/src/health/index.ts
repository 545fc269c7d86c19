export * from './Health';
export * from './healthRoutes';
