import type { PromptSegment } from './textEngine';

/** One message of a chat, its content as plain text. */
export interface ChatTurn {
  role: string;
  content: string;
}

/**
 * SmolLM2's chat format (ChatML) without its default system message: with
 * that, the four-bit weights of the embedded cluster answer "What is the
 * capital of France?" in (bad) French; without it, with "Paris".
 */
export function renderChat(turns: readonly ChatTurn[]): PromptSegment[] {
  const segments = turns.flatMap(({ role, content }) => [
    { text: '<|im_start|>', special: true },
    { text: `${role}\n${content}`, special: false },
    { text: '<|im_end|>\n', special: true },
  ]);
  return [...segments, { text: '<|im_start|>assistant\n', special: true }];
}
