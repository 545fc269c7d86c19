/** What happened, why, and what the reader can do. @public */
export interface ErrorExplanation {
  kind: 'denied' | 'missing' | 'unreachable' | 'failed';
  title: string;
  remedy: string;
}

/**
 * The backend's own words, where an error carries them.
 *
 * @public
 */
export function errorMessage(error: Error): string {
  const cause = (error as { cause?: { message?: unknown } }).cause;
  return typeof cause?.message === 'string' && cause.message
    ? cause.message
    : error.message;
}

/**
 * Says what an API error means for the reader.
 *
 * @public
 */
export function explainError(error: Error, what: string): ErrorExplanation {
  const status = (error as { statusCode?: number }).statusCode;
  const cause = (error as { cause?: { name?: string } }).cause?.name;
  const is = (name: string, code: number) =>
    error.name === name || cause === name || status === code;
  if (is('NotAllowedError', 403)) {
    return {
      kind: 'denied',
      title: `You may not see ${what}`,
      remedy:
        'It belongs to a team that you are not a member of. Ask its owner, or a platform engineer, for access.',
    };
  }
  if (is('NotFoundError', 404)) {
    return {
      kind: 'missing',
      title: `Not found: ${what}`,
      remedy: 'It may have been deleted or renamed. Look for it in the list.',
    };
  }
  if (is('AuthenticationError', 401)) {
    return {
      kind: 'denied',
      title: 'Your session has ended',
      remedy: 'Reload the page to sign in again.',
    };
  }
  if (error.name === 'TypeError' || error.name === 'AbortError') {
    return {
      kind: 'unreachable',
      title: 'The portal does not answer',
      remedy:
        'Check that the portal is running and that you are connected. This page retries by itself.',
    };
  }
  return {
    kind: 'failed',
    title: `${capital(what)} could not be loaded`,
    remedy: 'Retry. If it stays, the portal’s log has the details.',
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
