export * from './connectProxy';
export * from './nodePorts';
export * from './resolver';
