/** Tokens that may be parts of one character, at most. */
const MAX_PENDING = 8;
const REPLACEMENT = '\ufffd';

/**
 * Turns tokens into text one by one, holding back those that are only a part
 * of a character.
 */
export class TokenTextDecoder {
  private pending: number[] = [];
  private context: number[] = [];

  constructor(
    private readonly detokenize: (
      tokens: readonly number[],
      before: readonly number[],
    ) => string,
  ) {}

  push(token: number): string {
    this.pending.push(token);
    const text = this.detokenize(this.pending, this.context);
    if (text.endsWith(REPLACEMENT) && this.pending.length < MAX_PENDING) {
      return '';
    }
    this.context = [...this.context, ...this.pending].slice(-MAX_PENDING);
    this.pending = [];
    return text;
  }

  /** What is still held back when the text ends. */
  flush(): string {
    const text =
      this.pending.length > 0
        ? this.detokenize(this.pending, this.context)
        : '';
    this.pending = [];
    return text;
  }
}
