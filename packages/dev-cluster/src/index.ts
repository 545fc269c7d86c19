/**
 * The embedded cluster: a real control plane from Go modules, a node agent
 * that runs pods as local processes, and a model server.
 *
 * @packageDocumentation
 */
export * from './build';
export * from './bundles';
export * from './cluster';
export * from './model-file';
export * from './paths';
export type { CommandResult } from './kubectl';
