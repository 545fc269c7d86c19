/**
 * Domain types, permissions and the pure cores of the LLM platform.
 *
 * @packageDocumentation
 */
export * from './labels';
export * from './kube';
export * from './quantities';
export * from './spec';
export * from './profiles';
export * from './architectures';
export * from './manifests';
export * from './services';
export * from './fit';
export * from './preflight';
export * from './deployments';
export * from './timeline';
export * from './diagnosis';
export * from './allocation';
export * from './permissions';
export * from './api';
