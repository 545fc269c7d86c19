/** Tokens as the model counted them. @public */
export interface Usage {
  promptTokens: number;
  completionTokens: number;
}

/** Usage comes last in vLLM's answers, so the end of an answer is enough. */
const TAIL_BYTES = 8192;
const KEY = '"usage"';

/**
 * Keeps the end of an answer while it passes, and finds the usage in it.
 *
 * The raw text `"usage":` can't occur inside a JSON string, where its quotes
 * would be escaped, so a model's words can't forge it.
 *
 * @public
 */
export class AnswerTail {
  private chunks: Buffer[] = [];
  private size = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size - this.chunks[0].length >= TAIL_BYTES) {
      this.size -= this.chunks[0].length;
      this.chunks.shift();
    }
  }

  text(): string {
    const all =
      this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    return all.toString('latin1', Math.max(0, all.length - TAIL_BYTES));
  }
}

/** The last usage object in a text, undefined where there is none. @public */
export function findUsage(text: string): Usage | undefined {
  for (
    let at = text.lastIndexOf(KEY);
    at >= 0;
    at = at === 0 ? -1 : text.lastIndexOf(KEY, at - 1)
  ) {
    const usage = readUsage(text, at + KEY.length);
    if (usage) {
      return usage;
    }
  }
  return undefined;
}

function readUsage(text: string, from: number): Usage | undefined {
  const start = /^\s*:\s*\{/.exec(text.slice(from, from + 16));
  if (!start) {
    return undefined;
  }
  const open = from + start[0].length - 1;
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') {
      depth += 1;
    } else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) {
        return toUsage(text.slice(open, at + 1));
      }
    }
  }
  return undefined;
}

function toUsage(json: string): Usage | undefined {
  try {
    const { prompt_tokens: prompt, completion_tokens: completion = 0 } =
      JSON.parse(json);
    return isCount(prompt) && isCount(completion)
      ? { promptTokens: prompt, completionTokens: completion }
      : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
