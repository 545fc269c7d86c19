import {
  ALL_VALUE,
  dependenciesOf,
  orderVariables,
  scopedValueOf,
  selectOf,
  withTimeRange,
  type QueryVariable,
  type ScopedValue,
  type Variable,
  type VariableOption,
  type VariableSelection,
  type VariableState,
} from '@llm-platform/plugin-grafana-panels-common';
import type { KnownDataSource } from '../sources';
import type { TimeRangeMs } from '../types';
import { staticOptions } from './staticOptions';

/** Everything that a dashboard's variables follow from, but for the options that a Prometheus gives. */
export interface ChainInput {
  variables: readonly Variable[];
  selection: VariableSelection;
  dataSources: readonly KnownDataSource[];
  range: TimeRangeMs;
  timeZone: string;
  /** Names whose options make rows and panels: they can't do without. */
  repeats: ReadonlySet<string>;
}

/** What is known of one variable's options. */
export interface KnownOptions {
  options?: VariableOption[];
  error?: Error;
}

/** Variables in the order of their dependencies, what each stands for, and which are still unknown. */
export interface Chain {
  states: VariableState[];
  scope: ReadonlyMap<string, ScopedValue>;
  /** Names that nothing can be said about before their options are read. */
  pending: ReadonlySet<string>;
}

/**
 * Puts the chain together as far as it is known.
 *
 * @param known - of query variables
 */
export function resolveChain(
  input: ChainInput,
  known: (variable: QueryVariable) => KnownOptions,
): Chain {
  const { ordered } = orderVariables(input.variables);
  const scope = new Map(withTimeRange(new Map(), input.range, input.timeZone));
  const pending = new Set<string>();
  const states = new Map<Variable, VariableState>();
  for (const variable of ordered) {
    const { options, error } =
      variable.kind === 'query'
        ? known(variable)
        : {
            options: safely(() =>
              staticOptions(variable, scope, input.dataSources),
            ),
            error: undefined,
          };
    const state = selectOf(variable, options, input.selection);
    states.set(variable, state);
    if (options || error || isKnownWithoutOptions(state, input)) {
      const value = scopedValueOf(state, scope, input.range);
      if (value) {
        scope.set(variable.name, value);
      }
    } else {
      pending.add(variable.name);
    }
  }
  return {
    states: input.variables.flatMap(variable => states.get(variable) ?? []),
    // Once more, because addresses name all variables.
    scope: withTimeRange(scope, input.range, input.timeZone),
    pending,
  };
}

/** The variables that a variable's options come from, also indirectly. */
export function ancestorsOf(
  variable: Variable,
  variables: readonly Variable[],
): Variable[] {
  const found = new Set<Variable>();
  const open = [variable];
  for (let next = open.pop(); next; next = open.pop()) {
    const names = dependenciesOf(next);
    for (const other of variables) {
      if (
        other !== variable &&
        names.includes(other.name) &&
        !found.has(other)
      ) {
        found.add(other);
        open.push(other);
      }
    }
  }
  return [...found];
}

/** What an address chooses is known at once, but for all options. */
function isKnownWithoutOptions(
  state: VariableState,
  input: ChainInput,
): boolean {
  const { variable, selected } = state;
  if (variable.kind !== 'query') {
    return false;
  }
  if (selected[0] === ALL_VALUE) {
    return Boolean(variable.allValue) && !input.repeats.has(variable.name);
  }
  return (
    Object.hasOwn(input.selection, variable.name) &&
    variable.allowCustomValue &&
    selected.length > 0
  );
}

/** A filter that is no regular expression offers nothing. */
function safely<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}
