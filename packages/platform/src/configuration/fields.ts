/**
 * Fields that a program knows: a mapping of names, `*` for names that people
 * choose, and null where nothing further is checked.
 *
 * @public
 */
export type KnownFields = { [name: string]: KnownFields } | null;

/** The paths in a configuration that are no field of the program, as `limits_config.x`. @public */
export function unknownFields(
  value: unknown,
  known: KnownFields,
  path: string[] = [],
): string[] {
  if (known === null || typeof value !== 'object' || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap(entry => unknownFields(entry, known, path));
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = [...path, name];
    if (!Object.hasOwn(known, name) && !Object.hasOwn(known, '*')) {
      return [at.join('.')];
    }
    return unknownFields(inner, known[name] ?? known['*'] ?? null, at);
  });
}
