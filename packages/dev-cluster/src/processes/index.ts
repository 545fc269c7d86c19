export * from './child';
export * from './identity';
export * from './leftOvers';
export * from './records';
export * from './terminate';
