export { loadAdapters } from './loadAdapters';
export type { Adapter } from './loadAdapters';
