export { renderChat } from './chatTemplate';
export type { ChatTurn } from './chatTemplate';
export { Generator } from './generator';
export type { AnswerDelta, AnswerEnd, AnswerRequest } from './generator';
export { LlamaTextEngine } from './llamaTextEngine';
export { pacedTextEngine } from './pace';
export { quantizedVariant } from './quantizedVariant';
export type { QuantizedVariant } from './quantizedVariant';
export { QueueFullError } from './slots';
export { UnavailableTextEngine } from './unavailableTextEngine';
export type {
  GeneratedToken,
  GenerateRequest,
  GenerationEnd,
  PromptSegment,
  Sampling,
  TextEngine,
} from './textEngine';
