/** `1.9`, `14.7`, `120`: what fits a bar's label. @public */
export function formatGiB(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/** `65,700`, locale independent so that screenshots and tests agree. @public */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A node's name without its domain, which all nodes of a cluster share. @public */
export function shortNode(name: string): string {
  return name.split('.')[0];
}

/** `1 pod`, `2 pods`. @public */
export function plural(count: number, noun: string, nouns?: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns ?? `${noun}s`}`;
}

/** `480 ms`, `41 s`, `2 min 40 s`, `3 h 5 min`, `2 d 4 h`. @public */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) {
    return `${Math.max(0, Math.round(milliseconds))} ms`;
  }
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return join(minutes, 'min', seconds % 60, 's');
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return join(hours, 'h', minutes % 60, 'min');
  }
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function join(big: number, bigUnit: string, small: number, smallUnit: string) {
  return small
    ? `${big} ${bigUnit} ${small} ${smallUnit}`
    : `${big} ${bigUnit}`;
}

/** `just now`, `40 s ago`, `3 min ago`, `2 h ago`, `5 d ago`. @public */
export function formatAgo(time: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - time.getTime()) / 1000);
  if (seconds < 5) {
    return 'just now';
  }
  if (seconds < 90) {
    return `${seconds} s ago`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min ago`;
  }
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} h ago` : `${Math.round(hours / 24)} d ago`;
}

/** `2026-11-23 08:05:12` in the reader's time zone. @public */
export function formatTime(time: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const date = [
    time.getFullYear(),
    two(time.getMonth() + 1),
    two(time.getDate()),
  ].join('-');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map(two)
    .join(':');
  return `${date} ${clock}`;
}
