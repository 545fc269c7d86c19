import { QueryFailure } from '../failures';

/** Throws a QueryFailure where the status says that the server refused the portal itself. */
export function requireAccess(name: string, status: number): void {
  if (status === 401 || status === 403) {
    throw new QueryFailure(
      'upstream_error',
      `${name} refused the portal (${status}). Its token in the configuration may have expired or lack a right.`,
    );
  }
}
