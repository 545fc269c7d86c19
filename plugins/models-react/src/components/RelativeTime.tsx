import { formatAgo, formatTime } from '../format';
import { useNow } from './useNow';

/** @public */
export interface RelativeTimeProps {
  /** ISO 8601 or a Date. */
  time: string | Date;
}

/** `3 min ago` with the exact time on hover. @public */
export function RelativeTime(props: RelativeTimeProps) {
  const now = useNow();
  const time = new Date(props.time);
  if (Number.isNaN(time.getTime())) {
    return <span>unknown</span>;
  }
  return (
    <time dateTime={time.toISOString()} title={formatTime(time)}>
      {formatAgo(time, now)}
    </time>
  );
}
