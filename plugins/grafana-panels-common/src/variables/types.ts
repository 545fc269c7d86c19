import type { DataSourceUse } from '../dashboard/types';

/** What is chosen, by variable, as in an address (`var-model=a&var-model=b`); `$__all` is all options, none the default. @public */
export type VariableSelection = Readonly<Record<string, readonly string[]>>;

/** The value that stands for all options. @public */
export const ALL_VALUE = '$__all';

/** The value of an interval variable that follows the time range. @public */
export const AUTO_INTERVAL = '$__auto';

/** @public */
export interface VariableOption {
  text: string;
  value: string;
}

interface VariableBase {
  name: string;
  /** Shown instead of the name. */
  label?: string;
  description?: string;
  hide: 'nothing' | 'label' | 'variable';
}

interface ChoiceVariable extends VariableBase {
  multi: boolean;
  includeAll: boolean;
  /** Put in as it is when all is chosen, instead of every option. */
  allValue?: string;
  /** A value that is no option may be typed in. */
  allowCustomValue: boolean;
  /** Chosen when the address chooses nothing; may be empty. */
  current: string[];
}

/** How options are ordered. @public */
export type VariableSort =
  | 'none'
  | 'alphabetical'
  | 'alphabetical-desc'
  | 'numerical'
  | 'numerical-desc'
  | 'alphabetical-insensitive'
  | 'alphabetical-insensitive-desc'
  | 'natural'
  | 'natural-desc';

/** Options from a data source. @public */
export interface QueryVariable extends ChoiceVariable {
  kind: 'query';
  /** Grafana's notation: `label_values(up, job)`, `metrics(^vllm)`, `query_result(…)`, …; variables not yet replaced. */
  query: string;
  dataSource?: DataSourceUse;
  /** `/…/flags` or a bare expression; its groups `text` and `value`, or the first, are the option. */
  regex?: string;
  sort: VariableSort;
  /** Options are read again when the time range changes. */
  refreshOnTimeRange: boolean;
}

/** Options that the dashboard lists. @public */
export interface CustomVariable extends ChoiceVariable {
  kind: 'custom';
  options: VariableOption[];
}

/** Data sources of one type. @public */
export interface DataSourceVariable extends ChoiceVariable {
  kind: 'datasource';
  /** `prometheus` */
  pluginType: string;
  regex?: string;
}

/** @public */
export interface IntervalVariable extends VariableBase {
  kind: 'interval';
  /** `1m`, `1h`, … */
  intervals: string[];
  /** Offers an interval that follows the time range: about `count` of it, never shorter than `min`. */
  auto?: { count: number; min: string };
  current: string[];
}

/** @public */
export interface ConstantVariable extends VariableBase {
  kind: 'constant';
  value: string;
}

/** @public */
export interface TextBoxVariable extends VariableBase {
  kind: 'textbox';
  current: string[];
}

/** @public */
export interface SwitchVariable extends VariableBase {
  kind: 'switch';
  enabledValue: string;
  disabledValue: string;
  current: string[];
}

/** A variable whose kind the portal doesn't know: it is left as it stands. @public */
export interface UnsupportedVariable extends VariableBase {
  kind: 'unsupported';
  type: string;
}

/** @public */
export type Variable =
  | QueryVariable
  | CustomVariable
  | DataSourceVariable
  | IntervalVariable
  | ConstantVariable
  | TextBoxVariable
  | SwitchVariable
  | UnsupportedVariable;

/** A variable with its options and what is chosen of them. @public */
export interface VariableState {
  variable: Variable;
  options: VariableOption[];
  /** Values of options, or `[$__all]`; empty: there is nothing to choose. */
  selected: string[];
}

/** What a name is replaced by. @public */
export interface ScopedValue {
  /** A list stays a list with one entry: formats tell them apart. */
  value: string | readonly string[];
  /** What a reader sees. */
  text: string;
  /** As chosen: `$__all`, not its options. For addresses. */
  selected: readonly string[];
  /** Each chosen option, all of them when all are chosen. For repeats. */
  each: readonly VariableOption[];
  /** One value of possibly several: in PromQL its regex characters are escaped. */
  multi: boolean;
  /** Written by the dashboard's author for this place: put in without escaping. */
  verbatim: boolean;
}

/** Names and what they are replaced by. @public */
export type VariableScope = ReadonlyMap<string, ScopedValue>;
