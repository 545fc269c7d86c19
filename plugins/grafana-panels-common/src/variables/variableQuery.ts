/** What a query variable asks for. @public */
export type VariableQuery =
  | { kind: 'label-values'; label: string; selector?: string }
  | { kind: 'label-names'; selector?: string }
  | { kind: 'metrics'; regex: string }
  | { kind: 'query-result'; expr: string }
  | { kind: 'series'; selector: string };

const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*|"(?:[^"\\\\]|\\\\.)*"';

const LABEL_VALUES = new RegExp(
  `^label_values\\(\\s*(?:(?<selector>.+),)?\\s*(?<label>${LABEL})\\s*\\)$`,
  's',
);
const LABEL_NAMES = /^label_names\(\s*(?<selector>.*?)\s*\)$/s;
const METRICS = /^metrics\(\s*(?<regex>.+?)\s*\)$/s;
const QUERY_RESULT = /^query_result\((?<expr>.+)\)$/s;

/**
 * Reads Grafana's notation of a query variable, after its variables were replaced; anything else is a selector of series.
 *
 * @public
 */
export function parseVariableQuery(query: string): VariableQuery | undefined {
  const text = query.trim();
  if (text === '') {
    return undefined;
  }
  const labelValues = LABEL_VALUES.exec(text)?.groups;
  if (labelValues) {
    const { label, selector } = labelValues;
    return {
      kind: 'label-values',
      label: label.startsWith('"') ? label.slice(1, -1) : label,
      selector: selector?.trim() || undefined,
    };
  }
  const labelNames = LABEL_NAMES.exec(text)?.groups;
  if (labelNames) {
    return {
      kind: 'label-names',
      selector: labelNames.selector || undefined,
    };
  }
  const metrics = METRICS.exec(text)?.groups;
  if (metrics) {
    return { kind: 'metrics', regex: metrics.regex };
  }
  const result = QUERY_RESULT.exec(text)?.groups;
  if (result) {
    return { kind: 'query-result', expr: result.expr.trim() };
  }
  return { kind: 'series', selector: text };
}

/** One series as text, as the filters of variables expect it: `up{job="gateway"}`. @public */
export function seriesText(labels: Readonly<Record<string, string>>): string {
  const { __name__: name = '', ...rest } = labels;
  const pairs = Object.entries(rest).map(
    ([label, value]) => `${label}=${JSON.stringify(value)}`,
  );
  return `${name}{${pairs.join(',')}}`;
}
