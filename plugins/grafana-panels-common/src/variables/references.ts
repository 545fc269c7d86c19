/** One place in a text where a variable is named. @public */
export interface VariableReference {
  /** As it stands: `${model:regex}`. */
  match: string;
  name: string;
  /** Of `${name.path}`. */
  path?: string;
  /** Of `${name:format}`. */
  format?: string;
}

const REFERENCE =
  /\$(?<plain>\w+)|\$\{(?<braced>\w+)(?:\.(?<path>[^:}]+))?(?::(?<format>[^}]+))?\}|\[\[(?<old>\w+)(?::(?<oldFormat>\w+))?\]\]/g;

/** Parts of a text: what stays, and the references between. */
export function* splitReferences(
  text: string,
): Generator<string | VariableReference> {
  let end = 0;
  for (const found of text.matchAll(REFERENCE)) {
    if (found.index > end) {
      yield text.slice(end, found.index);
    }
    const groups = found.groups ?? {};
    yield {
      match: found[0],
      name: groups.plain ?? groups.braced ?? groups.old,
      path: groups.path,
      format: groups.format ?? groups.oldFormat,
    };
    end = found.index + found[0].length;
  }
  if (end < text.length) {
    yield text.slice(end);
  }
}

/**
 * Replaces references by what `resolve` says; undefined leaves them as they stand.
 *
 * @public
 */
export function replaceReferences(
  text: string,
  resolve: (reference: VariableReference) => string | undefined,
): string {
  if (!/[$[]/.test(text)) {
    return text;
  }
  let replaced = '';
  for (const part of splitReferences(text)) {
    replaced += typeof part === 'string' ? part : resolve(part) ?? part.match;
  }
  return replaced;
}

/** Names of the variables in any JSON value. @public */
export function referencedNames(value: unknown): Set<string> {
  const names = new Set<string>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') {
      for (const part of splitReferences(next)) {
        if (typeof part !== 'string') {
          names.add(part.name);
        }
      }
    } else if (next !== null && typeof next === 'object') {
      open.push(...Object.values(next));
    }
  }
  return names;
}
