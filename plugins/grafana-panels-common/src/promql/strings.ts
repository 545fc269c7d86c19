import { Refusal } from './refusal';

const SIMPLE_ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Escapes that name a code point, with how many digits follow. */
const CODE_ESCAPES: Record<string, { digits: number; radix: number }> = {
  x: { digits: 2, radix: 16 },
  u: { digits: 4, radix: 16 },
  U: { digits: 8, radix: 16 },
};

const LONE_SURROGATE = /\p{Surrogate}/u;

/** What a string literal of PromQL stands for, by Prometheus' own rules. Throws a Refusal. */
export function decodeString(literal: string): string {
  const quote = literal[0];
  const isClosed = literal.length >= 2 && literal.endsWith(quote);
  if (!isClosed) {
    throw new Refusal('A string is not closed.');
  }
  const body = literal.slice(1, -1);
  const decoded = quote === '`' ? body : unescape(body, quote);
  if (LONE_SURROGATE.test(decoded)) {
    throw new Refusal('A string holds half a character.');
  }
  return decoded;
}

function unescape(body: string, quote: string): string {
  let decoded = '';
  for (let at = 0; at < body.length; ) {
    const char = body[at];
    if (char === '\n' || char === quote) {
      throw new Refusal('A string is closed too early or spans lines.');
    }
    if (char !== '\\') {
      decoded += char;
      at += 1;
      continue;
    }
    const [text, length] = readEscape(body.slice(at + 1, at + 10), quote);
    decoded += text;
    at += 1 + length;
  }
  return decoded;
}

/** The character that an escape stands for, and how long the escape is after its backslash. */
function readEscape(rest: string, quote: string): [string, number] {
  const kind = rest[0] ?? '';
  if (kind === quote) {
    return [quote, 1];
  }
  if (Object.hasOwn(SIMPLE_ESCAPES, kind)) {
    return [SIMPLE_ESCAPES[kind], 1];
  }
  if (Object.hasOwn(CODE_ESCAPES, kind)) {
    const { digits, radix } = CODE_ESCAPES[kind];
    return [
      readCode(kind, rest.slice(1, 1 + digits), digits, radix),
      1 + digits,
    ];
  }
  if (/^[0-7]{3}/.test(rest)) {
    return [readCode('octal', rest.slice(0, 3), 3, 8), 3];
  }
  throw new Refusal(`A string has the unknown escape "\\${kind}".`);
}

function readCode(
  kind: string,
  text: string,
  digits: number,
  radix: number,
): string {
  const code = /^[0-9a-fA-F]+$/.test(text) ? parseInt(text, radix) : NaN;
  // \x and octal escapes are bytes: above 0x7f they are pieces of a character
  const max = kind === 'u' || kind === 'U' ? 0x10ffff : 0x7f;
  if (text.length !== digits || !(code <= max)) {
    throw new Refusal('A string has an escape that is no character.');
  }
  return String.fromCodePoint(code);
}

const ENCODED: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string literal that every reader of PromQL understands in the same way. */
export function encodeString(text: string): string {
  const body = text.replace(
    // eslint-disable-next-line no-control-regex -- these are what has to be escaped
    /["\\\u0000-\u001f\u007f]/g,
    char =>
      ENCODED[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${body}"`;
}
