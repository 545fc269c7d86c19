import type { ForwardResult, Usage } from '../upstream';

const NO_TOKENS: Usage = { promptTokens: 0, completionTokens: 0 };

/**
 * What a request has used up, as its reservation is settled: the usage where
 * it is known; no tokens where the upstream refused the request; `'nothing'`
 * where none has seen it; undefined where one may have worked on it.
 */
export function usedOf(
  result: Pick<ForwardResult, 'seen' | 'usage' | 'status'>,
): Usage | undefined | 'nothing' {
  if (!result.seen) {
    return 'nothing';
  }
  const refused = result.status >= 400 && result.status < 500;
  return result.usage ?? (refused ? NO_TOKENS : undefined);
}
