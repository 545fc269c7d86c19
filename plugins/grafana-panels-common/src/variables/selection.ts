import { referencedNames } from './references';
import {
  ALL_VALUE,
  AUTO_INTERVAL,
  type Variable,
  type VariableOption,
  type VariableSelection,
  type VariableState,
} from './types';

/** Text of the option that stands for all. */
const ALL_TEXT = 'All';

/**
 * What is chosen of a variable. A choice of the address counts as it is, also when it is no option (a deep link must not
 * show something else instead), unless the dashboard forbids that; the dashboard's own choice counts when it is an option;
 * otherwise all, or the first.
 *
 * @param options - without the one for all; undefined while they aren't known
 * @public
 */
export function selectOf(
  variable: Variable,
  options: readonly VariableOption[] | undefined,
  selection: VariableSelection,
): VariableState {
  const shown = shownOptions(variable, options ?? []);
  const state = (selected: readonly string[]): VariableState => ({
    variable,
    options: shown,
    selected: [...new Set(selected)],
  });
  const chosen = Object.hasOwn(selection, variable.name)
    ? selection[variable.name]
    : undefined;

  switch (variable.kind) {
    case 'constant':
      return state([variable.value]);
    case 'textbox':
    case 'switch':
      return state((chosen ?? variable.current).slice(0, 1));
    case 'unsupported':
      return state([]);
    case 'interval': {
      const offered = (value: string) =>
        shown.some(option => option.value === value);
      const value = [...(chosen ?? []), ...variable.current].find(offered);
      return state(value ? [value] : shown.slice(0, 1).map(o => o.value));
    }
    default:
  }

  const only = (values: readonly string[]) =>
    variable.multi ? values : values.slice(0, 1);
  if (chosen) {
    if (variable.includeAll && chosen.includes(ALL_VALUE)) {
      return state([ALL_VALUE]);
    }
    const kept = chosen.filter(
      value =>
        value !== ALL_VALUE &&
        (variable.allowCustomValue || !options || isOption(options, value)),
    );
    if (kept.length > 0) {
      return state(only(kept));
    }
  }
  if (variable.includeAll && variable.current.includes(ALL_VALUE)) {
    return state([ALL_VALUE]);
  }
  const current = variable.current.filter(
    value => value !== ALL_VALUE && (!options || isOption(options, value)),
  );
  if (current.length > 0) {
    return state(only(current));
  }
  if (variable.includeAll) {
    return state([ALL_VALUE]);
  }
  return state(shown.slice(0, 1).map(option => option.value));
}

/**
 * What changes when a reader chooses: also what depends on the variable (its options come from it) falls back to its default,
 * which is an empty list, because its old choice need not exist any more.
 *
 * @public
 */
export function changesByChoice(
  variables: readonly Variable[],
  name: string,
  values: readonly string[],
): Record<string, string[]> {
  const changed = new Set([name]);
  let before: number;
  do {
    before = changed.size;
    for (const variable of variables) {
      if (dependenciesOf(variable).some(other => changed.has(other))) {
        changed.add(variable.name);
      }
    }
  } while (changed.size > before);
  return Object.fromEntries(
    [...changed].map(other => [other, other === name ? [...values] : []]),
  );
}

/** Names of the variables that a variable's options come from. @public */
export function dependenciesOf(variable: Variable): string[] {
  switch (variable.kind) {
    case 'query':
      return [
        ...referencedNames([
          variable.query,
          variable.regex,
          variable.dataSource?.uid,
        ]),
      ];
    case 'custom':
      return [...referencedNames(variable.options)];
    case 'datasource':
      return [...referencedNames(variable.regex)];
    default:
      return [];
  }
}

/**
 * Variables so that each comes after those that it depends on.
 *
 * @returns `circular`: names that depend on themselves; they are at the end
 * @public
 */
export function orderVariables(variables: readonly Variable[]): {
  ordered: Variable[];
  circular: string[];
} {
  const names = new Set(variables.map(variable => variable.name));
  const waiting = new Map(
    variables.map(variable => [
      variable,
      dependenciesOf(variable).filter(name => names.has(name)),
    ]),
  );
  const ordered: Variable[] = [];
  const done = new Set<string>();
  while (waiting.size > 0) {
    const ready = [...waiting.keys()].filter(variable =>
      waiting.get(variable)?.every(name => done.has(name)),
    );
    if (ready.length === 0) {
      break;
    }
    for (const variable of ready) {
      waiting.delete(variable);
      ordered.push(variable);
      done.add(variable.name);
    }
  }
  const circular = [...waiting.keys()];
  return {
    ordered: [...ordered, ...circular],
    circular: circular.map(variable => variable.name),
  };
}

/** What a reader chooses from: the option for all comes first. */
function shownOptions(
  variable: Variable,
  options: readonly VariableOption[],
): VariableOption[] {
  switch (variable.kind) {
    case 'query':
    case 'custom':
    case 'datasource':
      return variable.includeAll
        ? [{ text: ALL_TEXT, value: ALL_VALUE }, ...options]
        : [...options];
    case 'interval': {
      const own = variable.intervals.map(value => ({ text: value, value }));
      return variable.auto
        ? [{ text: 'auto', value: AUTO_INTERVAL }, ...own]
        : own;
    }
    case 'switch':
      return [variable.enabledValue, variable.disabledValue].map(value => ({
        text: value,
        value,
      }));
    default:
      return [];
  }
}

function isOption(options: readonly VariableOption[], value: string): boolean {
  return options.some(option => option.value === value);
}
