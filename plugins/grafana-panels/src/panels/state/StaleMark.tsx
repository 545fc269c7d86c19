import { RiTimeLine } from '@remixicon/react';
import {
  formatAgo,
  formatTime,
  useNow,
} from '@llm-platform/plugin-models-react';
import css from './State.module.css';

export interface StaleMarkProps {
  /** Unix milliseconds; unknown without it. */
  asOf: number | undefined;
  reason?: string;
}

/** Says how old a picture is whose newest data could not be read. */
export function StaleMark({ asOf, reason }: StaleMarkProps) {
  const now = useNow();
  const time = asOf === undefined ? undefined : new Date(asOf);
  const age = time ? `as of ${formatAgo(time, now)}` : 'of unknown age';
  return (
    <span
      role="status"
      className={css.stale}
      title={[time && formatTime(time), reason].filter(Boolean).join(': ')}
    >
      <RiTimeLine size={14} aria-hidden="true" />
      {age}
    </span>
  );
}
