import {
  insertMember,
  isObject,
  mapTopLevelValue,
  replaceTopLevelValue,
  topLevelMembers,
} from '../json';
import { laxBoolean } from './laxValues';

/**
 * What has to be done to a body for the stream to end with its usage: nothing
 * (`leave`: the client asks for it, or sent something that the model is to
 * refuse), add `stream_options`, replace one that is null, or add to it.
 *
 * @public
 */
export type UsageWish = 'leave' | 'add' | 'replace' | 'amend';

const OPTIONS = 'stream_options';
const WISH = 'include_usage';
const CONTINUOUS = 'continuous_usage_stats';
const ONLY_WISH = `{"${WISH}":true}`;

/** @public */
export function readUsageWish(fields: Record<string, unknown>): UsageWish {
  const options = fields[OPTIONS];
  if (options === undefined) {
    return 'add';
  }
  if (options === null) {
    return 'replace';
  }
  if (!isObject(options)) {
    return 'leave';
  }
  const wish = options[WISH] ?? false;
  return laxBoolean(wish) === false ? 'amend' : 'leave';
}

/** Options that ask for the usage, once and at the end. */
function amended(options: Buffer): Buffer {
  const keys = topLevelMembers(options).map(member => member.key);
  const asking = keys.includes(WISH)
    ? replaceTopLevelValue(options, WISH, 'true')
    : insertMember(options, WISH, 'true');
  // It has an effect only beside include_usage, so the client had none of it.
  return replaceTopLevelValue(asking, CONTINUOUS, 'false');
}

/** The body with the wish fulfilled and every other byte as it was. @public */
export function withUsageWish(body: Buffer, wish: UsageWish): Buffer {
  switch (wish) {
    case 'add':
      return insertMember(body, OPTIONS, ONLY_WISH);
    case 'replace':
      return replaceTopLevelValue(body, OPTIONS, ONLY_WISH);
    case 'amend':
      return mapTopLevelValue(body, OPTIONS, value =>
        value[0] === 0x7b ? amended(value) : Buffer.from(ONLY_WISH),
      );
    default:
      return body;
  }
}
