import { parseDuration, formatDuration } from './duration';
import { interpolateText } from './interpolate';
import {
  ALL_VALUE,
  AUTO_INTERVAL,
  type ScopedValue,
  type VariableScope,
  type VariableState,
} from './types';

/** Steps of which an interval variable's `auto` takes the next longer one. */
const NICE_INTERVALS_MS = [
  '1s',
  '2s',
  '5s',
  '10s',
  '15s',
  '20s',
  '30s',
  '1m',
  '2m',
  '5m',
  '10m',
  '15m',
  '20m',
  '30m',
  '1h',
  '2h',
  '3h',
  '6h',
  '12h',
  '1d',
  '7d',
].map(text => parseDuration(text) ?? 0);

/** A value that is put in as it is. @public */
export function plainValue(value: string): ScopedValue {
  return {
    value,
    text: value,
    selected: [value],
    each: [{ text: value, value }],
    multi: false,
    verbatim: true,
  };
}

/**
 * What a variable is replaced by; undefined: by nothing, it stays as it stands.
 *
 * @param scope - of the variables before it, for an `allValue` that names them
 * @public
 */
export function scopedValueOf(
  state: VariableState,
  scope: VariableScope,
  range: { from: number; to: number },
): ScopedValue | undefined {
  const { variable, selected } = state;
  const options = state.options.filter(({ value }) => value !== ALL_VALUE);
  const all = selected[0] === ALL_VALUE;
  const each = all
    ? options
    : selected.map(
        value =>
          options.find(option => option.value === value) ?? {
            text: value,
            value,
          },
      );
  const common = {
    text: all ? 'All' : each.map(option => option.text).join(' + '),
    selected,
    each,
  };
  switch (variable.kind) {
    case 'unsupported':
      return undefined;
    case 'constant':
    case 'textbox':
    case 'switch':
      return {
        ...common,
        value: selected[0] ?? '',
        multi: false,
        verbatim: false,
      };
    case 'interval': {
      const value =
        selected[0] === AUTO_INTERVAL
          ? autoInterval(variable.auto, range)
          : selected[0] ?? '';
      return { ...common, value, multi: false, verbatim: true };
    }
    default:
  }
  const multi = variable.multi || variable.includeAll;
  if (all && variable.allValue) {
    const value = interpolateText(variable.allValue, scope, 'regex');
    return { ...common, value, multi, verbatim: true };
  }
  const values = each.map(option => option.value);
  return {
    ...common,
    value: variable.multi || all ? values : values[0] ?? '',
    multi,
    verbatim: false,
  };
}

/** A scope in which a repeated panel or row has its own value. @public */
export function withRepeats(
  scope: VariableScope,
  repeated: ReadonlyArray<{ variable: string; value: string; text: string }>,
): VariableScope {
  if (repeated.length === 0) {
    return scope;
  }
  const inner = new Map(scope);
  for (const { variable, value, text } of repeated) {
    inner.set(variable, {
      value,
      text,
      selected: [value],
      each: [{ text, value }],
      multi: scope.get(variable)?.multi ?? true,
      verbatim: false,
    });
  }
  return inner;
}

/** `$__from`, `$__to`, `$__range` and its relatives, and what addresses of links are made of. @public */
export function withTimeRange(
  scope: VariableScope,
  range: { from: number; to: number },
  timeZone: string,
): VariableScope {
  const seconds = Math.max(1, Math.round((range.to - range.from) / 1_000));
  const variables = [...scope]
    .flatMap(([name, { selected }]) =>
      selected.map(value => [`var-${name}`, value]),
    )
    .map(pair => pair.map(encodeURIComponent).join('='))
    .join('&');
  const added: Record<string, string> = {
    __from: String(range.from),
    __to: String(range.to),
    __range: `${seconds}s`,
    __range_s: String(seconds),
    __range_ms: String(seconds * 1_000),
    __timezone: timeZone,
    __url_time_range: `from=${range.from}&to=${range.to}`,
    __all_variables: variables,
  };
  return withPlain(scope, added);
}

/** `$__interval`, `$__interval_ms`, `$__rate_interval` of one query. @public */
export function withInterval(
  scope: VariableScope,
  interval: { stepMs: number; rateIntervalMs: number },
): VariableScope {
  return withPlain(scope, {
    __interval: formatDuration(interval.stepMs),
    __interval_ms: String(Math.round(interval.stepMs)),
    __rate_interval: formatDuration(interval.rateIntervalMs),
    __rate_interval_ms: String(Math.round(interval.rateIntervalMs)),
  });
}

function withPlain(
  scope: VariableScope,
  values: Record<string, string>,
): VariableScope {
  return new Map([
    ...scope,
    ...Object.entries(values).map(
      ([name, value]) => [name, plainValue(value)] as const,
    ),
  ]);
}

function autoInterval(
  auto: { count: number; min: string } | undefined,
  range: { from: number; to: number },
): string {
  const wanted = (range.to - range.from) / Math.max(1, auto?.count ?? 30);
  const least = Math.max(wanted, parseDuration(auto?.min ?? '10s') ?? 0);
  const nice =
    NICE_INTERVALS_MS.find(interval => interval >= least) ??
    NICE_INTERVALS_MS[NICE_INTERVALS_MS.length - 1];
  return formatDuration(nice);
}
