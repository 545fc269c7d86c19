import { z } from 'zod';

/** How a value is quoted in a message: short, and never more than the reader needs. */
export function quote(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}

/** Text that must pass a test; the message quotes the value and gives the remedy. */
export function text(
  test: (value: string) => boolean,
  problem: string,
  remedy: string,
) {
  return z.string().refine(test, {
    error: issue => `${quote(issue.input)} ${problem}: ${remedy}`,
  });
}

/** A whole number in a range; the message quotes the value and the range. */
export function wholeNumber(min: number, max: number, unit: string) {
  return z
    .number()
    .refine(value => Number.isInteger(value) && value >= min && value <= max, {
      error: issue =>
        `${quote(
          issue.input,
        )} must be a whole number of ${unit} from ${min} to ${max}`,
    });
}
