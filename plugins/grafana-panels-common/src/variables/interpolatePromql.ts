import { alternatives, escapeRegex, formatScopedValue } from './formats';
import { escapeForQuote, keepInsideQuote, PromqlText } from './promqlText';
import { splitReferences } from './references';
import type { ScopedValue, VariableScope } from './types';

/**
 * Replaces variables in a PromQL expression as Grafana's data source does: of a variable that may have several values,
 * regex characters mean themselves. Inside a string no value can end the string. Formats, an `allValue` and what stands
 * outside strings are put in as they are.
 *
 * @public
 */
export function interpolatePromql(expr: string, scope: VariableScope): string {
  const text = new PromqlText();
  for (const part of splitReferences(expr)) {
    if (typeof part === 'string') {
      text.write(part);
      continue;
    }
    const scoped = scope.get(part.name);
    if (scoped && part.path === undefined) {
      text.endEscape();
      text.write(valueAt(text, part.name, scoped, part.format));
    } else {
      text.write(part.match);
    }
  }
  return text.toString();
}

function valueAt(
  text: PromqlText,
  name: string,
  scoped: ScopedValue,
  format: string | undefined,
): string {
  const { quote } = text;
  if (format !== undefined) {
    const formatted = formatScopedValue(name, scoped, format);
    if (!quote) {
      return formatted;
    }
    return format === 'regex' && !scoped.verbatim
      ? escapeForQuote(formatted, quote)
      : keepInsideQuote(formatted, quote);
  }
  if (scoped.verbatim) {
    const value = formatScopedValue(name, scoped, 'raw');
    return quote ? keepInsideQuote(value, quote) : value;
  }
  const values =
    typeof scoped.value === 'string' ? [scoped.value] : scoped.value;
  // `=` compares text: of one value nothing needs an escape there, and with one it would never be equal.
  const literal =
    !scoped.multi || (values.length === 1 && text.matcher === 'equal');
  const value = literal
    ? values.join(',')
    : alternatives(values.map(escapeRegex));
  return quote ? escapeForQuote(value, quote) : value;
}
