export * from './Route';
export * from './RouteTable';
export * from './ConfiguredRoutes';
export * from './buildRoutes';
export { readRouteTable } from './routeTableText';
