export * from './program';
export type { StepMessage } from './progress';
