export { startNodeAgent } from './agent';
export * from './images';
export { NODES } from './nodes';
export type { NodeSpec } from './nodes';
export type { NodeAgent, NodeAgentOptions } from './types';
