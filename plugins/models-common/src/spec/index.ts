export * from './types';
export * from './schema';
export {
  parseModelDeploymentSpec,
  parseSerializedSpec,
  serializeSpec,
  type ParseSpecResult,
  type SpecProblem,
} from './parse';
