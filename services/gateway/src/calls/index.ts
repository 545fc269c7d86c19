export * from './Call';
export * from './Switchboard';
export * from './RoutingMetrics';
export * from './Entrance';
