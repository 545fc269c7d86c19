const startedAt = Date.now();

/** Prints one line, with the time since the start before it. */
export function say(text) {
  process.stdout.write(`${clock(Date.now() - startedAt)}  ${text}\n`);
}

/** How long the script has run, in words. */
export function sinceStart() {
  return duration(Date.now() - startedAt);
}

/** 65000 → "1 min 5 s". */
export function duration(ms) {
  if (ms < 10_000) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  const two = value => String(value).padStart(2, '0');
  return `[${two(Math.floor(seconds / 60))}:${two(seconds % 60)}]`;
}
