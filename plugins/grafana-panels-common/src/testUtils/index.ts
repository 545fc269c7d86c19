/**
 * For tests of what limits PromQL to a team: expressions of every kind, and attacks.
 *
 * @packageDocumentation
 */
export * from './arbitraryPromql';
export * from './attacks';
