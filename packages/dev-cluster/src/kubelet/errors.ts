/** The message of whatever was thrown. @public */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
