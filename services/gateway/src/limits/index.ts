export * from './types';
export * from './limitKinds';
export * from './limitsConfig';
export { Limits } from './Limits';
export type { LimitsOptions } from './Limits';
export type { RefusedLimit } from './refusal';
export type { Standing } from './standings';
export type { SharedLimitsOptions, SharingListener } from './redis';
export * from './watchedLimits';
