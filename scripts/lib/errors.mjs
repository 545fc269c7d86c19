/** Something the user can do something about: printed without a stack. */
export class UserError extends Error {
  /**
   * @param {string} message what is wrong, with which value
   * @param {string} [remedy] what to do
   */
  constructor(message, remedy) {
    super(
      remedy ? `${message}\n  ${remedy.replaceAll('\n', '\n  ')}` : message,
    );
    this.name = 'UserError';
  }
}

/** Nothing failed: what would come next is not begun, since all is ending. */
export class StoppedError extends Error {
  constructor() {
    super('Stopped');
    this.name = 'StoppedError';
  }
}

/** Prints an error as its reader needs it and sets the exit code. */
export function reportFailure(error) {
  if (error instanceof StoppedError) {
    process.exitCode = 130;
    return;
  }
  const text =
    error instanceof UserError ? error.message : error?.stack ?? String(error);
  process.stderr.write(`\n${text}\n`);
  process.exitCode = 1;
}
