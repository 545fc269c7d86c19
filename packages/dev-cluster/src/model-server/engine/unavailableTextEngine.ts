import type {
  GeneratedToken,
  GenerateRequest,
  GenerationEnd,
  PromptSegment,
  TextEngine,
} from './textEngine';

/** Stands in where the model can't be had: every answer says why. */
export class UnavailableTextEngine implements TextEngine {
  readonly name = 'no model';
  readonly contextSize = 8192;
  readonly parallel = 4;
  readonly vocabularySize: number;
  private readonly words: string[] = [];
  private readonly ids = new Map<string, number>();

  constructor(readonly unavailable: string) {
    this.vocabularySize = 49152;
  }

  tokenize(segments: readonly PromptSegment[]): number[] {
    const text = segments.map(segment => segment.text).join('');
    return (text.match(/\s*\S+|\s+$/g) ?? []).map(word => this.idOf(word));
  }

  detokenize(tokens: readonly number[]): string {
    return tokens.map(token => this.words[token] ?? '').join('');
  }

  async *generate(
    request: GenerateRequest,
  ): AsyncGenerator<GeneratedToken, GenerationEnd, void> {
    const answer = this.tokenize([
      { text: `model file unavailable: ${this.unavailable}`, special: false },
    ]);
    for (const [index, id] of answer.entries()) {
      if (index >= request.maxTokens || request.signal.aborted) {
        return { reason: 'length' };
      }
      yield { id, text: this.words[id] };
    }
    return { reason: 'stop' };
  }

  async dispose(): Promise<void> {}

  private idOf(word: string): number {
    const known = this.ids.get(word);
    if (known !== undefined) {
      return known;
    }
    // Bounded: prompts are a stranger's text.
    const id =
      this.words.length < this.vocabularySize
        ? this.words.push(word) - 1
        : word.length % this.vocabularySize;
    this.ids.set(this.words[id], id);
    return id;
  }
}
