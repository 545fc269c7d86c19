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

/** Prints an error as its reader needs it and sets the exit code. */
export function reportFailure(error) {
  const text =
    error instanceof UserError ? error.message : error?.stack ?? String(error);
  process.stderr.write(`\n${text}\n`);
  process.exitCode = 1;
}
