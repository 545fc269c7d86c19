export * from './kubeletServer';
export * from './metricsAccess';
