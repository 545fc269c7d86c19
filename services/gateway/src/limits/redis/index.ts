export { SharedCounters } from './SharedCounters';
export type { SharedLimitsOptions, SharingListener } from './SharedCounters';
