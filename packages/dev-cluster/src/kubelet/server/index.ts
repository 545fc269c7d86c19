export * from './kubeletServer';
