// vLLM reads its fields as pydantic does by default, and so takes more for a
// boolean or a number than JSON's own. Whoever reads less than the model does
// is passed by: `"stream": 1` would be a stream whose usage nobody asks for.
// https://docs.pydantic.dev/latest/concepts/conversion_table/

const TRUE = new Set(['true', 't', 'yes', 'y', 'on', '1']);
const FALSE = new Set(['false', 'f', 'no', 'n', 'off', '0']);
const WHOLE_NUMBER = /^\s*\+?\d[\d_]*(\.0*)?\s*$/;

/** A boolean as the model reads it, undefined where it would refuse the value. */
export function laxBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') {
    return value;
  }
  const text =
    typeof value === 'string' || typeof value === 'number'
      ? `${value}`.toLowerCase()
      : '';
  if (TRUE.has(text)) {
    return true;
  }
  return FALSE.has(text) ? false : undefined;
}

/** A count as the model reads it, undefined where it would refuse the value. */
export function laxCount(value: unknown): number | undefined {
  if (typeof value === 'string' && WHOLE_NUMBER.test(value)) {
    return Number(value.replaceAll('_', ''));
  }
  if (typeof value === 'boolean') {
    return Number(value);
  }
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? value
    : undefined;
}
