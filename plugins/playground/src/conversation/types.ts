import type { ChatErrorInfo } from '../api';

/** A model at a gateway. */
export interface ModelChoice {
  cluster: string;
  route: string;
}

/** Figures of one answer; what wasn't measured is absent. */
export interface Figures {
  timeToFirstTokenMs?: number;
  tokensPerSecond?: number;
  promptTokens?: number;
  completionTokens?: number;
  totalMs?: number;
  finishReason?: string;
  requestId?: string;
}

/**
 * `stopped`: by the user. `broken`: an error came after some text, which is kept.
 * `failed`: an error came before any text.
 */
export type AnswerState =
  | 'waiting'
  | 'streaming'
  | 'complete'
  | 'stopped'
  | 'broken'
  | 'failed';

/** One try at answering a prompt. */
export interface Answer {
  id: string;
  model: ModelChoice;
  text: string;
  state: AnswerState;
  simulated?: string;
  error?: ChatErrorInfo;
  figures: Figures;
}

/** A prompt with its answers; a retry adds one and loses none. */
export interface Turn {
  id: string;
  prompt: string;
  answers: Answer[];
  /** Index of the answer on screen, which is also the one that later prompts build on. */
  shown: number;
}

/** What goes with each request. Undefined leaves it to the server. */
export interface Parameters {
  system: string;
  temperature: number;
  topP: number;
  maxTokens?: number;
  seed?: number;
  stop: string[];
}

/** Everything that outlives a reload. */
export interface Conversation {
  version: 1;
  turns: Turn[];
  draft: string;
  parameters: Parameters;
  model?: ModelChoice;
}

export const DEFAULT_PARAMETERS: Parameters = {
  system: '',
  // Low, so that small models stay on the question.
  temperature: 0.2,
  topP: 1,
  maxTokens: 512,
  stop: [],
};

export const EMPTY_CONVERSATION: Conversation = {
  version: 1,
  turns: [],
  draft: '',
  parameters: DEFAULT_PARAMETERS,
};
