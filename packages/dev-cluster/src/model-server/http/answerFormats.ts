import type { AnswerEnd } from '../engine';

/** Names and time that all parts of one answer share. */
export interface AnswerIdentity {
  id: string;
  created: number;
  model: string;
}

/** The two endpoints' shapes of the same answer. */
export interface AnswerFormat {
  /** A chunk before any text; completions have none. */
  first?(identity: AnswerIdentity): object;
  chunk(identity: AnswerIdentity, text: string, end?: AnswerEnd): object;
  /** The last chunk of a stream, which has the usage and no choice. */
  usageChunk(identity: AnswerIdentity): object;
  whole(
    identity: AnswerIdentity,
    text: string,
    end: AnswerEnd,
    usage: object,
  ): object;
}

/** OpenAI's usage. */
export function usageOf(promptTokens: number, completionTokens: number) {
  return {
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + completionTokens,
    completion_tokens: completionTokens,
  };
}

function reasons(end: AnswerEnd | undefined) {
  return {
    finish_reason: end?.finishReason ?? null,
    ...(end && { stop_reason: end.stopReason ?? null }),
  };
}

/** `/v1/chat/completions`. */
export const CHAT_FORMAT: AnswerFormat = {
  first: identity => ({
    ...identity,
    object: 'chat.completion.chunk',
    choices: [
      {
        index: 0,
        delta: { role: 'assistant', content: '' },
        logprobs: null,
        finish_reason: null,
      },
    ],
  }),
  chunk: (identity, text, end) => ({
    ...identity,
    object: 'chat.completion.chunk',
    choices: [
      { index: 0, delta: { content: text }, logprobs: null, ...reasons(end) },
    ],
  }),
  usageChunk: identity => ({
    ...identity,
    object: 'chat.completion.chunk',
    choices: [],
  }),
  whole: (identity, text, end, usage) => ({
    ...identity,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text,
          refusal: null,
          annotations: null,
          audio: null,
          function_call: null,
          tool_calls: [],
          reasoning_content: null,
        },
        logprobs: null,
        ...reasons(end),
        token_ids: null,
      },
    ],
    service_tier: null,
    system_fingerprint: null,
    usage: { ...usage, prompt_tokens_details: null },
    prompt_logprobs: null,
    prompt_token_ids: null,
    kv_transfer_params: null,
  }),
};

/** `/v1/completions`; `echo` is the prompt's text where it was asked for. */
export function completionFormat(echo: string | undefined): AnswerFormat {
  const choice = (text: string, end?: AnswerEnd) => ({
    index: 0,
    text,
    logprobs: null,
    ...reasons(end),
    stop_reason: end?.stopReason ?? null,
  });
  const chunk: AnswerFormat['chunk'] = (identity, text, end) => ({
    ...identity,
    object: 'text_completion',
    choices: [choice(text, end)],
  });
  return {
    first: echo === undefined ? undefined : identity => chunk(identity, echo),
    chunk,
    usageChunk: identity => ({
      ...identity,
      object: 'text_completion',
      choices: [],
    }),
    whole: (identity, text, end, usage) => ({
      ...identity,
      object: 'text_completion',
      choices: [
        {
          ...choice((echo ?? '') + text, end),
          token_ids: null,
          prompt_logprobs: null,
          prompt_token_ids: null,
        },
      ],
      service_tier: null,
      system_fingerprint: null,
      usage: { ...usage, prompt_tokens_details: null },
      kv_transfer_params: null,
    }),
  };
}
