export { SIMULATED_HEADER } from './labels';
export type { ServerArguments } from './arguments';
export type { ModelServerEnvironment } from './environment';
export type {
  GeneratedToken,
  GenerateRequest,
  GenerationEnd,
  PromptSegment,
  Sampling,
  TextEngine,
} from './engine';
