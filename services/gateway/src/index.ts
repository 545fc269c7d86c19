/**
 * One OpenAI-compatible entrance to the models of a cluster.
 *
 * @packageDocumentation
 */
export * from './gateway';
export * from './credentials';
export * from './routes';
export * from './kube';
export * from './limits';
export * from './keys';
