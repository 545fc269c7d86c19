import type { ReactNode } from 'react';
import css from './BarGauge.module.css';

/** Bars below each other or side by side; those that their least size lets out of the panel are scrolled to. */
export function BarList(props: {
  direction: 'rows' | 'columns';
  gap: number;
  label: string;
  scrolls: boolean;
  children: ReactNode;
}) {
  const { direction, gap, label, scrolls, children } = props;
  return (
    <ul
      className={css[direction]}
      style={{ gap }}
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by the arrow keys
      tabIndex={scrolls ? 0 : undefined}
    >
      {children}
    </ul>
  );
}
