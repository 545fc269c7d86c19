/**
 * What every service of the platform is built on.
 *
 * @packageDocumentation
 */
export * from './environment';
export * from './errors';
export * from './health';
export * from './http';
export * from './metrics';
export * from './models';
export * from './predict';
export * from './shutdown';
export * from './teamService';
export * from './telemetry';
