import type { ReactNode } from 'react';
import css from './list.module.css';

/** @public */
export interface ChipFilterProps<T extends string> {
  label: string;
  chips: ReadonlyArray<{ value: T; count: number; icon?: ReactNode }>;
  chosen: readonly T[];
  onToggle: (value: T) => void;
}

/** Any of several values, each with how many have it. @public */
export function ChipFilter<T extends string>(props: ChipFilterProps<T>) {
  return (
    <div className={css.chips} role="group" aria-label={props.label}>
      {props.chips.map(({ value, count, icon }) => (
        <button
          key={value}
          type="button"
          className={css.chip}
          aria-pressed={props.chosen.includes(value)}
          onClick={() => props.onToggle(value)}
        >
          {icon}
          {value} <b>{count}</b>
        </button>
      ))}
    </div>
  );
}
