/**
 * API references, hooks and components that several frontends of the LLM platform share.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './data';
export * from './state';
export * from './components';
export * from './format';
export * from './routes';
export * from './table';
export * from './fields';
export * from './files';
export * from './list';
export * from './models';
export * from './attention';
export * from './extensions';
