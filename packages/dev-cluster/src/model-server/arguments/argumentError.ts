/** What argparse prints before it exits with code 2. */
export class ArgumentError extends Error {
  constructor(readonly program: string, message: string) {
    super(message);
    this.name = 'ArgumentError';
  }

  /** The text for stderr: usage, then the error, as argparse prints them. */
  toUsageText(): string {
    const usage =
      this.program === 'api_server.py'
        ? 'usage: api_server.py [--model MODEL] [options]'
        : 'usage: vllm serve [model_tag] [options]';
    return `${usage}\n${this.program}: error: ${this.message}`;
  }
}
