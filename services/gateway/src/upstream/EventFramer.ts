const LF = 0x0a;
const CR = 0x0d;
/** An event longer than this is passed on in pieces rather than held. */
const LONGEST_HELD = 1024 * 1024;

/** One past the last blank line of a chunk, 0 where there is none. */
function endOfLastEvent(chunk: Buffer): number {
  for (let at = chunk.length - 1; at > 0; at -= 1) {
    if (chunk[at] === LF) {
      if (chunk[at - 1] === LF) {
        return at + 1;
      }
      if (chunk[at - 1] === CR && chunk[at - 2] === LF) {
        return at + 1;
      }
    }
  }
  return 0;
}

/**
 * Passes an event stream on byte for byte but only in whole events, so that an
 * error event can follow when the stream breaks off in the middle of one. A
 * client can do nothing with half an event, so holding it delays nothing.
 *
 * @public
 */
export class EventFramer {
  private held: Buffer | undefined;
  private endsInEvent = false;

  /** Whether what went on last was not the end of an event. */
  get isInEvent(): boolean {
    return this.endsInEvent;
  }

  /** What may go on now. */
  push(chunk: Buffer): Buffer | undefined {
    const all = this.held ? Buffer.concat([this.held, chunk]) : chunk;
    const whole = endOfLastEvent(all);
    const end = all.length > LONGEST_HELD ? all.length : whole;
    if (end > 0) {
      this.endsInEvent = end > whole;
    }
    this.held = end < all.length ? all.subarray(end) : undefined;
    return end > 0 ? all.subarray(0, end) : undefined;
  }

  /** What is left when the stream ended properly. */
  rest(): Buffer | undefined {
    const rest = this.held;
    this.held = undefined;
    return rest;
  }
}
