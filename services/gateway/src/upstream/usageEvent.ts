const LF = 0x0a;
const CR = 0x0d;
const USAGE = Buffer.from('"usage"');
const DATA = 'data:';

/** One past the blank line that ends the event at `from`, or the end of the bytes. */
function endOfEvent(events: Buffer, from: number): number {
  let at = events.indexOf(LF, from);
  while (at >= 0 && at + 1 < events.length) {
    if (events[at + 1] === LF) {
      return at + 2;
    }
    if (events[at + 1] === CR && events[at + 2] === LF) {
      return at + 3;
    }
    at = events.indexOf(LF, at + 1);
  }
  return events.length;
}

/** Whether an event is the one that `stream_options.include_usage` adds. */
function isUsageEvent(event: Buffer): boolean {
  const text = event.toString('utf8').trim();
  if (!text.startsWith(DATA)) {
    return false;
  }
  try {
    const { choices, usage } = JSON.parse(text.slice(DATA.length));
    return (
      Array.isArray(choices) &&
      choices.length === 0 &&
      typeof usage === 'object' &&
      usage !== null
    );
  } catch {
    return false;
  }
}

/**
 * Takes the event with the usage, which the gateway asked for and the client
 * did not, out of whole events. All other bytes stay as they are.
 */
export function withoutUsageEvent(events: Buffer): Buffer {
  // A model's words can't hold it: their quotes are escaped.
  if (!events.includes(USAGE)) {
    return events;
  }
  const kept: Buffer[] = [];
  for (let at = 0; at < events.length; ) {
    const end = endOfEvent(events, at);
    const event = events.subarray(at, end);
    if (!event.includes(USAGE) || !isUsageEvent(event)) {
      kept.push(event);
    }
    at = end;
  }
  return Buffer.concat(kept);
}
