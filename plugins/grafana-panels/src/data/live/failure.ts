import { toError } from '@backstage/errors';
import { statusOf } from '../failures';

/** What a page says about a request that failed as a whole. */
export function failureOf(error: unknown): { code: string; message: string } {
  const { message, name } = toError(error);
  const status = statusOf(error);
  if (status === 401) {
    return {
      code: 'session_ended',
      message: 'Your session has ended. Reload the page to sign in again.',
    };
  }
  if (status === 403) {
    return { code: 'refused', message };
  }
  if (status === undefined && name === 'TypeError') {
    return {
      code: 'portal_unreachable',
      message:
        'The portal could not be reached. It is tried again at the next refresh.',
    };
  }
  return { code: 'upstream_error', message };
}
