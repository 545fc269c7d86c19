import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Where a request stands in a trace, as W3C Trace Context has it. @public */
export interface TraceContext {
  /** 32 hex digits. */
  traceId: string;
  /** 16 hex digits: the caller's span, or one made up where nobody began a trace. */
  spanId: string;
  /** The flags, as a number; bit 0 is "sampled". */
  flags: number;
  /** The header that says all this. */
  traceparent: string;
  /** Whether the caller sent it. */
  given: boolean;
}

const TRACEPARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

const POOL_BYTES = 4096;
let pool = '';
let used = 0;

/** Random hex digits, from a pool: a call to the system's generator per request would cost more than all the rest. */
function randomHex(digits: number): string {
  if (used + digits > pool.length) {
    pool = randomBytes(POOL_BYTES).toString('hex');
    used = 0;
  }
  used += digits;
  return pool.slice(used - digits, used);
}

/**
 * The trace that a request belongs to: the caller's `traceparent` where it is
 * one, otherwise a new trace. A new one says "sampled", so that whoever
 * further on records spans does.
 *
 * @public
 */
export function traceContextOf(headers: IncomingHttpHeaders): TraceContext {
  const header = headers.traceparent;
  const match =
    typeof header === 'string' ? TRACEPARENT.exec(header) : undefined;
  // Version 00 has four fields; a later one may have more, which aren't known here.
  if (match && (match[1] !== '00' || match[5] === undefined)) {
    const [, version, traceId, spanId, flags] = match;
    return {
      traceId,
      spanId,
      flags: Number.parseInt(flags, 16),
      traceparent:
        version === '00'
          ? (header as string)
          : `00-${traceId}-${spanId}-${flags}`,
      given: true,
    };
  }
  const traceId = randomHex(32);
  const spanId = randomHex(16);
  return {
    traceId,
    spanId,
    flags: 1,
    traceparent: `00-${traceId}-${spanId}-01`,
    given: false,
  };
}
