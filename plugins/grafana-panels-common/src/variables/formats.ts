import type { ScopedValue } from './types';

type Format = (values: readonly string[], context: FormatContext) => string;

interface FormatContext {
  name: string;
  text: string;
  isList: boolean;
  /** After a second colon: `date:seconds`. */
  argument?: string;
}

/** A regular expression that matches exactly this text. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$*+?.()|[\]{}]/g, '\\$&');
}

/** What RFC 3986 reserves is encoded, too, so that a value never becomes syntax. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function escapeLucene(text: string): string {
  return text.replace(/[+\-=&|><!(){}[\]^"~*?:\\/]/g, '\\$&');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);
}

/** Several values as alternatives; a single one without brackets. */
export function alternatives(values: readonly string[]): string {
  return values.length === 1 ? values[0] : `(${values.join('|')})`;
}

const quoteEach =
  (quote: string, escape: string): Format =>
  values =>
    values
      .map(value => quote + value.replaceAll(quote, escape) + quote)
      .join(',');

const glob: Format = (values, { isList }) =>
  isList && values.length > 1 ? `{${values.join(',')}}` : values.join(',');

const FORMATS = new Map<string, Format>([
  ['raw', values => values.join(',')],
  ['csv', values => values.join(',')],
  ['pipe', values => values.join('|')],
  ['glob', glob],
  ['regex', values => alternatives(values.map(escapeRegex))],
  ['json', (values, { isList }) => JSON.stringify(isList ? values : values[0])],
  ['text', (_, { text }) => text],
  ['html', (_, { text }) => escapeHtml(text)],
  ['singlequote', quoteEach("'", "\\'")],
  ['doublequote', quoteEach('"', '\\"')],
  ['sqlstring', quoteEach("'", "''")],
  ['percentencode', values => percentEncode(values.join(','))],
  ['uriencode', values => encodeURI(values.join(','))],
  ['distributed', (values, { name }) => values.join(`,${name}=`)],
  [
    'queryparam',
    (values, { name }) =>
      values
        .map(value => `var-${percentEncode(name)}=${percentEncode(value)}`)
        .join('&'),
  ],
  [
    'lucene',
    (values, { isList }) =>
      isList
        ? `(${values.map(value => `"${escapeLucene(value)}"`).join(' OR ')})`
        : escapeLucene(values[0] ?? ''),
  ],
  ['date', (values, { argument }) => formatDate(Number(values[0]), argument)],
]);

/**
 * A value in one of Grafana's formats (`csv`, `regex`, `date:seconds`, …). Like there, a format that doesn't exist is
 * `glob`.
 *
 * @public
 */
export function formatScopedValue(
  name: string,
  scoped: ScopedValue,
  format: string,
): string {
  const isList = typeof scoped.value !== 'string';
  const values =
    typeof scoped.value === 'string' ? [scoped.value] : scoped.value;
  // An allValue is a pattern of the author's: only text and addresses show it otherwise.
  if (
    scoped.verbatim &&
    !isList &&
    ['regex', 'glob', 'pipe', 'csv', 'raw'].includes(format)
  ) {
    return values[0];
  }
  const colon = format.indexOf(':');
  const id = colon < 0 ? format : format.slice(0, colon);
  const known = FORMATS.get(id) ?? glob;
  return known(id === 'queryparam' ? scoped.selected : values, {
    name,
    text: scoped.text,
    isList,
    argument: colon < 0 ? undefined : format.slice(colon + 1),
  });
}

/** In UTC, so that the same address is the same for everybody. */
function formatDate(milliseconds: number, pattern = 'iso'): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) {
    return '';
  }
  if (pattern === 'iso') {
    return date.toISOString();
  }
  if (pattern === 'seconds') {
    return String(Math.floor(milliseconds / 1_000));
  }
  const pad = (value: number, digits = 2) =>
    String(value).padStart(digits, '0');
  const parts: Record<string, string> = {
    YYYY: pad(date.getUTCFullYear(), 4),
    YY: pad(date.getUTCFullYear() % 100),
    MM: pad(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    DD: pad(date.getUTCDate()),
    D: String(date.getUTCDate()),
    HH: pad(date.getUTCHours()),
    H: String(date.getUTCHours()),
    mm: pad(date.getUTCMinutes()),
    m: String(date.getUTCMinutes()),
    ss: pad(date.getUTCSeconds()),
    s: String(date.getUTCSeconds()),
    SSS: pad(date.getUTCMilliseconds(), 3),
  };
  return pattern.replace(
    /YYYY|YY|MM|M|DD|D|HH|H|mm|m|SSS|ss|s/g,
    token => parts[token],
  );
}
