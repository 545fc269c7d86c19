/** Events in a streamed answer, as many as a short sentence has tokens. */
const TOKENS = 24;

/** A short chat answer as vLLM gives it. */
export const jsonAnswer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-0123456789abcdef',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'bench-model',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'The capital of France is Paris. '.repeat(4),
          tool_calls: [],
        },
        logprobs: null,
        finish_reason: 'stop',
        stop_reason: null,
      },
    ],
    usage: { prompt_tokens: 17, total_tokens: 49, completion_tokens: 32 },
    prompt_logprobs: null,
  }),
);

function chunk(more: object): Buffer {
  return Buffer.from(
    `data: ${JSON.stringify({
      id: 'chatcmpl-0123456789abcdef',
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: 'bench-model',
      ...more,
    })}\n\n`,
  );
}

/** A streamed answer, event by event, without the usage. */
export const streamedAnswer: readonly Buffer[] = [
  ...Array.from({ length: TOKENS }, (_, i) =>
    chunk({
      choices: [
        {
          index: 0,
          delta: { content: ` word${i}` },
          logprobs: null,
          finish_reason: i === TOKENS - 1 ? 'stop' : null,
        },
      ],
    }),
  ),
];

export const usageEvent = chunk({
  choices: [],
  usage: { prompt_tokens: 17, total_tokens: 41, completion_tokens: TOKENS },
});

export const doneEvent = Buffer.from('data: [DONE]\n\n');
