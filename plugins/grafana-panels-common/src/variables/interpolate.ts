import { formatScopedValue } from './formats';
import { replaceReferences } from './references';
import type { VariableScope } from './types';

/**
 * Replaces variables in text that a person reads or that is part of an address: `$x`, `${x}`, `${x:format}`, `[[x]]`.
 * What has no value stays as it stands.
 *
 * @param defaultFormat - of references without a format: `text` for readers, `percentencode` for addresses
 * @public
 */
export function interpolateText(
  text: string,
  scope: VariableScope,
  defaultFormat = 'text',
): string {
  return replaceReferences(text, ({ name, path, format }) => {
    const scoped = scope.get(name);
    return scoped && path === undefined
      ? formatScopedValue(name, scoped, format ?? defaultFormat)
      : undefined;
  });
}
