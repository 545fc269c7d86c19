export * from './types';
export * from './computeFit';
export { cpuKvCacheSpaceGiB } from './cpu';
