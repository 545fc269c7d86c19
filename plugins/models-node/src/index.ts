/**
 * Extension points and service references of the models plugin: clusters, runtimes, permission rules.
 *
 * @packageDocumentation
 */
export * from './clusters';
export * from './inventory';
export * from './kubernetes';
export * from './permissions';
export * from './runtimes';
export * from './teams';
