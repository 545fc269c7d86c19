import type { VariableScope } from './types';

/**
 * Replaces variables in text that a person reads or that is part of an address: `$x`, `${x}`, `${x:format}`, `[[x]]`.
 * What has no value stays as it stands.
 *
 * @public
 */
export function interpolateText(
  text: string,
  scope: VariableScope,
  defaultFormat = 'text',
): string {
  throw new Error(`not built yet: ${text} ${scope.size} ${defaultFormat}`);
}
