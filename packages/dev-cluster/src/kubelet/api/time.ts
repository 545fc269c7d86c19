/**
 * A time of the API. The library's types say `Date`, the wire says string:
 * both are taken.
 *
 * @public
 */
export function toMillis(time: Date | string | undefined): number | undefined {
  if (time === undefined) {
    return undefined;
  }
  const millis = new Date(time).getTime();
  return Number.isNaN(millis) ? undefined : millis;
}

/** Now, in the whole seconds of the API's times. @public */
export function nowSeconds(): Date {
  return new Date(Math.floor(Date.now() / 1000) * 1000);
}

/** A `MicroTime` as leases and events hold it. @public */
export function microTime(date = new Date()): string {
  return date.toISOString().replace('Z', '000Z');
}
