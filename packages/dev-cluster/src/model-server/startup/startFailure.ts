/** A start that vLLM ends with an error and exit code 1. */
export class StartFailure extends Error {
  constructor(
    /** Where vLLM 0.11.0 raises it. */
    readonly where: 'config' | 'load' | 'device' | 'kv-cache' | 'adapters',
    message: string,
    /** Python's class of the error. */
    readonly type = 'ValueError',
    /** For a pydantic error: the config class it is about. */
    readonly configClass?: string,
  ) {
    super(message);
    this.name = 'StartFailure';
  }
}
