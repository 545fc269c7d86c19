import { ArgumentError } from './argumentError';
import { Flag } from './flags';

const DECIMAL: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9 };
const BINARY: Readonly<Record<string, number>> = {
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
};

/** vLLM's readable integers: `1k` is 1000, `1K` is 1024, `25.6k` is 25600. */
function readHumanInt(text: string): number | undefined {
  if (/^-?\d+$/.test(text)) {
    return Number(text);
  }
  const match = /^(\d+(?:\.\d+)?)([kKmMgG])$/.exec(text);
  if (!match) {
    return undefined;
  }
  const [, amount, suffix] = match;
  if (BINARY[suffix]) {
    // Binary suffixes take no fraction.
    return amount.includes('.') ? undefined : Number(amount) * BINARY[suffix];
  }
  return Math.trunc(Number(amount) * DECIMAL[suffix]);
}

function readNumber(kind: Flag['kind'], text: string): number | undefined {
  switch (kind) {
    case 'human-int':
      return readHumanInt(text);
    case 'float':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
        ? Number(text)
        : undefined;
    default:
      return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  }
}

/** One value, checked as argparse would. */
export function readFlagValue(
  flag: Flag,
  label: string,
  text: string,
  program: string,
): string | number {
  const fail = (message: string) =>
    new ArgumentError(program, `argument ${label}: ${message}`);
  if (flag.choices && !flag.choices.includes(text)) {
    const shown = flag.kind === 'string' ? `'${text}'` : text;
    throw fail(
      `invalid choice: ${shown} (choose from ${flag.choices.join(', ')})`,
    );
  }
  if (flag.kind === 'string') {
    return text;
  }
  const value = readNumber(flag.kind, text);
  if (value === undefined || !Number.isFinite(value)) {
    const type = { float: 'float', 'human-int': 'human_readable_int' };
    const name = type[flag.kind as keyof typeof type] ?? 'int';
    throw fail(`invalid ${name} value: '${text}'`);
  }
  if (flag.kind === 'port' && (value < 0 || value > 65535)) {
    throw fail(`port must be 0-65535, not ${value}`);
  }
  return value;
}
