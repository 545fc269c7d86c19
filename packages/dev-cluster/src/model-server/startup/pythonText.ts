/** A value as Python's `repr` writes it. */
export function pythonRepr(value: unknown): string {
  if (value === undefined || value === null) {
    return 'None';
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonRepr).join(', ')}]`;
  }
  const text = String(value);
  const escaped = text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
  return text.includes("'") && !text.includes('"')
    ? `"${escaped}"`
    : `'${escaped.replace(/'/g, "\\'")}'`;
}

/** A number as Python writes a float: `2` is `2.0`. */
export function pythonFloat(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** Python's `{:,}`: thousands with commas. */
export function withThousands(value: number): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}
