import type { ChatRequest } from '../api';
import { shownAnswer } from './reducer';
import type { ModelChoice, Parameters, Turn } from './types';

/** The request for an answer to `prompt` after the turns before it. */
export function buildRequest(options: {
  model: ModelChoice;
  before: Turn[];
  prompt: string;
  parameters: Parameters;
}): ChatRequest {
  const { model, before, prompt, parameters } = options;
  const { system, temperature, topP, maxTokens, seed, stop } = parameters;
  const messages: ChatRequest['messages'] = [];
  if (system.trim()) {
    messages.push({ role: 'system', content: system });
  }
  for (const turn of before) {
    const { text } = shownAnswer(turn);
    // A prompt without an answer would make two user messages in a row, which chat templates refuse
    if (text) {
      messages.push(
        { role: 'user', content: turn.prompt },
        { role: 'assistant', content: text },
      );
    }
  }
  messages.push({ role: 'user', content: prompt });
  return {
    cluster: model.cluster,
    model: model.route,
    messages,
    temperature,
    top_p: topP,
    max_tokens: maxTokens,
    seed,
    stop: stop.length > 0 ? stop : undefined,
  };
}
