import type { VariableOption, VariableSort } from './types';

/** More can't be looked through in a list, and a regular expression over more takes too long. @public */
export const MAX_OPTIONS = 5_000;

/** A value of a data source; longer ones are no names of anything. */
const MAX_VALUE_LENGTH = 2_000;

/**
 * Options from what a data source answered: filtered and cut by the variable's regular expression, without duplicates,
 * sorted, and not more than {@link MAX_OPTIONS}.
 *
 * @throws Error when the regular expression is none
 * @public
 */
export function optionsFromValues(
  values: readonly string[],
  settings: {
    regex?: string;
    sort: VariableSort;
  },
): VariableOption[] {
  const regex = settings.regex ? toRegExp(settings.regex) : undefined;
  const byValue = new Map<string, VariableOption>();
  for (const value of values) {
    if (value.length > MAX_VALUE_LENGTH) {
      continue;
    }
    const cut = regex ? cutBy(regex, value) : [{ text: value, value }];
    for (const option of cut) {
      if (!byValue.has(option.value)) {
        byValue.set(option.value, option);
      }
    }
    if (byValue.size >= MAX_OPTIONS) {
      break;
    }
  }
  return sortOptions([...byValue.values()], settings.sort);
}

function cutBy(regex: RegExp, value: string): VariableOption[] {
  const found = [...value.matchAll(regex)];
  if (found.length === 0) {
    return [];
  }
  const named = (name: string) =>
    found.map(match => match.groups?.[name]).find(group => group !== undefined);
  const text = named('text');
  const chosen = named('value') ?? text;
  if (chosen !== undefined) {
    return [{ text: text ?? chosen, value: chosen }];
  }
  const groups = found
    .filter(match => match.length > 1)
    .map(match => match[1] ?? '');
  if (groups.length === 0) {
    return [{ text: value, value }];
  }
  return groups.map(group => ({ text: group, value: group }));
}

/** `/…/flags`, or the expression alone; always finds all. */
function toRegExp(text: string): RegExp {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(text);
  const [source, flags] = slashed ? [slashed[1], slashed[2]] : [text, ''];
  try {
    return new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  } catch {
    throw new Error(
      `The variable's filter ${text} is no regular expression; correct it in the dashboard.`,
    );
  }
}

const natural = new Intl.Collator('en', { numeric: true });

const COMPARE: Record<string, (a: string, b: string) => number> = {
  alphabetical: byCode,
  'alphabetical-insensitive': (a, b) =>
    byCode(a.toLowerCase(), b.toLowerCase()),
  numerical: (a, b) => firstNumber(a) - firstNumber(b),
  natural: natural.compare,
};

function sortOptions(
  options: VariableOption[],
  sort: VariableSort,
): VariableOption[] {
  if (sort === 'none') {
    return options;
  }
  const compare = COMPARE[sort.replace(/-desc$/, '')];
  const sorted = [...options].sort((a, b) => compare(a.text, b.text));
  return sort.endsWith('-desc') ? sorted.reverse() : sorted;
}

function byCode(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Texts without a number come first. */
function firstNumber(text: string): number {
  return Number(/\d+(\.\d+)?/.exec(text)?.[0] ?? -1);
}
