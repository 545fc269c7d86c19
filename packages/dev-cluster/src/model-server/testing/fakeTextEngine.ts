import type {
  GeneratedToken,
  GenerateRequest,
  GenerationEnd,
  PromptSegment,
  TextEngine,
} from '../engine';

/** An engine whose tokens are words and whose answer is known. */
export class FakeTextEngine implements TextEngine {
  readonly name = 'fake model';
  readonly vocabularySize = 100_000;
  readonly requests: GenerateRequest[] = [];
  active = 0;
  /** Awaited before each token: tests hold answers with it. */
  beforeToken: (signal: AbortSignal) => Promise<void> = async () => {};
  private readonly words: string[] = [];

  constructor(
    private readonly answer: string,
    readonly contextSize = 8192,
    readonly parallel = 2,
    readonly unavailable: string | undefined = undefined,
  ) {}

  tokenize(segments: readonly PromptSegment[]): number[] {
    const text = segments.map(segment => segment.text).join('');
    return (text.match(/\s*\S+/g) ?? []).map(word => this.words.push(word) - 1);
  }

  detokenize(tokens: readonly number[]): string {
    return tokens.map(token => this.words[token]).join('');
  }

  async *generate(
    request: GenerateRequest,
  ): AsyncGenerator<GeneratedToken, GenerationEnd, void> {
    this.requests.push(request);
    this.active += 1;
    try {
      let count = 0;
      for (const text of this.answer.match(/\s*\S+/g) ?? []) {
        await this.beforeToken(request.signal);
        if (request.signal.aborted) {
          return { reason: 'stop' };
        }
        count += 1;
        yield { id: count, text };
        if (count >= request.maxTokens) {
          return { reason: 'length' };
        }
      }
      return { reason: 'stop' };
    } finally {
      this.active -= 1;
    }
  }

  async dispose(): Promise<void> {}
}
