/** Names that a reader has switched off. */
export type HiddenNames = ReadonlySet<string>;

/**
 * A click shows one curve alone, and everything again when it already is alone; with Ctrl or Cmd it switches only this one.
 * The last visible one can't be switched off.
 */
export function toggleName(
  hidden: HiddenNames,
  names: string[],
  name: string,
  onlyThis: boolean,
): HiddenNames {
  if (onlyThis) {
    const next = new Set(hidden);
    if (!next.delete(name)) {
      next.add(name);
    }
    return names.every(other => next.has(other)) ? new Set() : next;
  }
  const visible = names.filter(other => !hidden.has(other));
  return visible.length === 1 && visible[0] === name
    ? new Set()
    : new Set(names.filter(other => other !== name));
}
