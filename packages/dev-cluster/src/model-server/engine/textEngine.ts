/**
 * A piece of a prompt. Only `special` pieces may contain control tokens, so
 * that a user's text can't close its own turn.
 *
 * @public
 */
export interface PromptSegment {
  text: string;
  special: boolean;
}

/** How tokens are chosen; every value is in vLLM's meaning. @public */
export interface Sampling {
  /** 0 is greedy. */
  temperature: number;
  /** 0 < p ≤ 1. */
  topP: number;
  /** 0: all tokens. */
  topK: number;
  minP: number;
  presencePenalty: number;
  frequencyPenalty: number;
  /** 1: none. */
  repetitionPenalty: number;
  /** Undefined: a random one. */
  seed?: number;
  /** Never end by the model's own end token. */
  ignoreEos: boolean;
  /** Not before so many tokens. */
  minTokens: number;
  /** Tokens that end the answer. */
  stopTokenIds: readonly number[];
}

/** One text to generate. @public */
export interface GenerateRequest {
  promptTokens: readonly number[];
  maxTokens: number;
  sampling: Sampling;
  signal: AbortSignal;
}

/** A generated token. @public */
export interface GeneratedToken {
  id: number;
  /** Empty while the token is part of an unfinished character. */
  text: string;
}

/** Why a text ended; the number is the stop token that ended it. @public */
export interface GenerationEnd {
  reason: 'stop' | 'length';
  stopTokenId?: number;
}

/** What turns prompts into text. @public */
export interface TextEngine {
  /** The model behind it, for labels. */
  readonly name: string;
  /** Why there is no real model, where there is none. */
  readonly unavailable?: string;
  /** Tokens that one request may hold, prompt and answer together. */
  readonly contextSize: number;
  /** Requests that can run at once. */
  readonly parallel: number;
  tokenize(segments: readonly PromptSegment[]): number[];
  detokenize(tokens: readonly number[]): string;
  /** The number of tokens in the vocabulary. */
  readonly vocabularySize: number;
  /** Returns early, without an error, when the signal aborts. */
  generate(
    request: GenerateRequest,
  ): AsyncGenerator<GeneratedToken, GenerationEnd, void>;
  dispose(): Promise<void>;
}
