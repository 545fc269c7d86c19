const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** A member of the outermost object: its key and where its value lies. @public */
export interface TopLevelMember {
  key: string;
  /** First byte of the value. */
  start: number;
  /** One past its last byte. */
  end: number;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function skipSpace(json: Buffer, from: number): number {
  let at = from;
  while (isSpace(json[at])) {
    at += 1;
  }
  return at;
}

/** One past the closing quote of the string that opens at `from`. */
function endOfString(json: Buffer, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== QUOTE) {
    at += json[at] === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

function endOfValue(json: Buffer, from: number): number {
  let depth = 0;
  let at = from;
  while (at < json.length) {
    const byte = json[at];
    if (byte === QUOTE) {
      at = endOfString(json, at);
      continue;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (depth === 0) {
        return at;
      }
      depth -= 1;
    } else if (depth === 0 && (byte === COMMA || isSpace(byte))) {
      return at;
    }
    at += 1;
  }
  return at;
}

/**
 * The members of a JSON object without reading their values. The text must be
 * known to be valid: this walks it, it doesn't check it.
 *
 * @public
 */
export function topLevelMembers(json: Buffer): TopLevelMember[] {
  const members: TopLevelMember[] = [];
  let at = skipSpace(json, 0) + 1;
  for (;;) {
    at = skipSpace(json, at);
    if (json[at] === COMMA) {
      at = skipSpace(json, at + 1);
    }
    if (json[at] !== QUOTE) {
      return members;
    }
    const keyEnd = endOfString(json, at);
    const key: string = JSON.parse(json.toString('utf8', at, keyEnd));
    // One past the colon.
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = endOfValue(json, start);
    members.push({ key, start, end });
    at = end;
  }
}

/**
 * Changes the value of every top-level member with this key, since parsers
 * differ in which of two they take. All other bytes stay as they are.
 *
 * @public
 */
export function mapTopLevelValue(
  json: Buffer,
  key: string,
  change: (value: Buffer) => Buffer,
): Buffer {
  const parts: Buffer[] = [];
  let copied = 0;
  for (const member of topLevelMembers(json)) {
    if (member.key === key) {
      parts.push(
        json.subarray(copied, member.start),
        change(json.subarray(member.start, member.end)),
      );
      copied = member.end;
    }
  }
  parts.push(json.subarray(copied));
  return Buffer.concat(parts);
}

/** As `mapTopLevelValue`, with one new value. @public */
export function replaceTopLevelValue(
  json: Buffer,
  key: string,
  value: string,
): Buffer {
  return mapTopLevelValue(json, key, () => Buffer.from(value));
}

/**
 * Puts a member in front of an object's others. The object must not have the
 * key yet.
 *
 * @public
 */
export function insertMember(json: Buffer, key: string, value: string): Buffer {
  const start = skipSpace(json, 0) + 1;
  const isEmpty = json[skipSpace(json, start)] === CLOSE_OBJECT;
  const member = `${JSON.stringify(key)}:${value}${isEmpty ? '' : ','}`;
  return Buffer.concat([
    json.subarray(0, start),
    Buffer.from(member),
    json.subarray(start),
  ]);
}
