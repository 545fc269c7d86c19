import {
  ALL_VALUE,
  type VariableState,
} from '@llm-platform/plugin-grafana-panels-common';

/** More names than these say less than their number. */
const NAMED = 3;

/**
 * What is chosen after a click. "All" and single values exclude each other: whichever came last stays.
 */
export function nextSelection(
  before: readonly string[],
  after: readonly string[],
): string[] {
  if (after.includes(ALL_VALUE)) {
    return before.includes(ALL_VALUE) && after.length > 1
      ? after.filter(value => value !== ALL_VALUE)
      : [ALL_VALUE];
  }
  return [...after];
}

/** `All`, `a + b`, `12 chosen`. */
export function summary(state: VariableState): string {
  const { selected, options } = state;
  if (selected.length === 0) {
    return 'none';
  }
  if (selected.includes(ALL_VALUE)) {
    return 'All';
  }
  return selected.length > NAMED
    ? `${selected.length} chosen`
    : selected
        .map(
          value =>
            options.find(option => option.value === value)?.text ?? value,
        )
        .join(' + ');
}
