import { fieldStyles } from '../fields';

/** @public */
export interface SelectFilterProps {
  label: string;
  /** What no choice is called: `All teams`. */
  all: string;
  values: readonly string[];
  /** What people call a value; left out: as it is. */
  titleOf?: (value: string) => string;
  /** Empty: all. */
  chosen: string;
  onChoose: (value: string) => void;
}

/** One of several values; not there where there is nothing to choose. @public */
export function SelectFilter(props: SelectFilterProps) {
  const { values, titleOf = value => value, chosen } = props;
  if (values.length <= 1 && !chosen) {
    return undefined;
  }
  return (
    <select
      aria-label={props.label}
      className={fieldStyles.field}
      value={chosen}
      onChange={event => props.onChoose(event.target.value)}
    >
      <option value="">{props.all}</option>
      {[...new Set([...values, chosen])].filter(Boolean).map(value => (
        <option key={value} value={value}>
          {titleOf(value)}
        </option>
      ))}
    </select>
  );
}
