import { parseArgs } from 'node:util';
import { UserError } from './errors.mjs';

/** Parses a script's arguments; a wrong one is an error with the usage. */
export function readOptions(usage, options) {
  let values;
  try {
    ({ values } = parseArgs({
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: false,
    }));
  } catch (error) {
    throw new UserError(error.message, usage);
  }
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  return values;
}

/** A whole number within bounds, or an error that names the option. */
export function numberOption(name, text, min, max) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UserError(
      `--${name} must be a whole number from ${min} to ${max}, not "${text}".`,
    );
  }
  return value;
}
