/** An object of a JSON document whose shape nobody vouches for. */
export type Json = Record<string, unknown>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** The objects of a list; anything else in it is left out. */
export function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** A text that isn't empty; a number counts as its digits. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return String(value);
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts of a list; a text alone is a list of one. */
export function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map(text).filter(entry => entry !== undefined);
}

/** A finite number, also one that is written as text. */
export function number(value: unknown): number | undefined {
  const read =
    typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

/** Like `number`, but within bounds and whole. */
export function integer(
  value: unknown,
  bounds: { min: number; max: number },
): number | undefined {
  const read = number(value);
  return read === undefined
    ? undefined
    : Math.min(bounds.max, Math.max(bounds.min, Math.round(read)));
}

/** The same object without entries that are undefined. */
export function defined(value: Json): Json {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  );
}
