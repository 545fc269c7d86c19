type Quote = '"' | "'" | '`';

/** Where in a PromQL expression its text stands while it is written from left to right. */
export class PromqlText {
  #written = '';
  /** Of the string that is open. */
  #quote: Quote | undefined;
  #opened = 0;
  #escaped = false;
  #comment = false;

  /** The quote of the string that is open. */
  get quote(): Quote | undefined {
    return this.#quote;
  }

  /** Of the string that is open: what it is compared with by the matcher around it. */
  get matcher(): 'regex' | 'equal' | undefined {
    if (!this.#quote) {
      return undefined;
    }
    const before = this.#written.slice(0, this.#opened).trimEnd();
    if (/[=!]~$/.test(before)) {
      return 'regex';
    }
    return before.endsWith('=') ? 'equal' : undefined;
  }

  /** What is written next starts anew: a backslash before it means itself. */
  endEscape(): void {
    if (this.#escaped) {
      this.write('\\');
    }
  }

  write(text: string): void {
    for (const char of text) {
      this.#next(char);
      this.#written += char;
    }
  }

  toString(): string {
    return this.#written;
  }

  #next(char: string): void {
    if (this.#comment) {
      this.#comment = char !== '\n';
    } else if (this.#escaped) {
      this.#escaped = false;
    } else if (this.#quote) {
      if (char === '\\' && this.#quote !== '`') {
        this.#escaped = true;
      } else if (char === this.#quote) {
        this.#quote = undefined;
      }
    } else if (char === '"' || char === "'" || char === '`') {
      this.#quote = char;
      this.#opened = this.#written.length;
    } else {
      this.#comment = char === '#';
    }
  }
}

/** As content of a string with these quotes: it means exactly this text and can't end the string. */
export function escapeForQuote(text: string, quote: Quote): string {
  if (quote === '`') {
    return withoutBackticks(text);
  }
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll(quote, `\\${quote}`);
}

/** As content of a string whose author wrote the escapes himself: keeps them, but can't end the string either. */
export function keepInsideQuote(text: string, quote: Quote): string {
  if (quote === '`') {
    return withoutBackticks(text);
  }
  let kept = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') {
      const next = text[i + 1];
      kept += next === undefined || next === '\n' ? '\\\\' : char + next;
      if (next !== undefined && next !== '\n') {
        i++;
      }
    } else if (char === quote) {
      kept += `\\${quote}`;
    } else if (char === '\n') {
      kept += '\\n';
    } else {
      kept += char;
    }
  }
  return kept;
}

/** A string in backticks has no escapes: `\x60` is the same character to a regular expression, and no quote. */
function withoutBackticks(text: string): string {
  return text.replaceAll('`', '\\x60');
}
