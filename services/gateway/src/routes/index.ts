export * from './Route';
export * from './RouteTable';
export * from './buildRoutes';
