import { ButtonIcon } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { fieldStyles } from '@llm-platform/plugin-models-react';
import { refreshMs } from './intervals';
import css from './RefreshPicker.module.css';

export interface RefreshPickerProps {
  /** `30s`, or empty: off. */
  interval: string;
  /** What the dashboard itself offers. */
  offered: readonly string[];
  onChange: (interval: string) => void;
  onRefresh: () => void;
}

/** Reads the panels again, now and at an interval. */
export function RefreshPicker(props: RefreshPickerProps) {
  const { interval, onChange, onRefresh } = props;
  const offered = [...new Set([...props.offered, interval])]
    .filter(one => refreshMs(one) !== undefined)
    .sort((a, b) => (refreshMs(a) ?? 0) - (refreshMs(b) ?? 0));
  return (
    <div className={css.picker} role="group" aria-label="Refresh">
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label="Refresh now"
        icon={<RiRefreshLine />}
        onPress={onRefresh}
      />
      <select
        aria-label="Refresh interval"
        className={fieldStyles.field}
        value={refreshMs(interval) === undefined ? '' : interval}
        onChange={event => onChange(event.target.value)}
      >
        <option value="">Off</option>
        {offered.map(one => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </div>
  );
}
