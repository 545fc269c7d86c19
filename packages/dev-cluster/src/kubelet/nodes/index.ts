export * from './autoscaler';
export * from './definitions';
export * from './nodeManager';
