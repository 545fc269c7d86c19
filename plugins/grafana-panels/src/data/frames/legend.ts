import { seriesText } from '@llm-platform/plugin-grafana-panels-common';

/** Lets the names follow from what the series have in common. */
const AUTO = '__auto';

/**
 * The name of a series by `legendFormat`: `{{label}}` is the label's value, without a format the series as text.
 *
 * @returns undefined when the name follows from all series together
 */
export function legendOf(
  labels: Readonly<Record<string, string>>,
  legendFormat: string | undefined,
  expr: string,
): string | undefined {
  if (legendFormat === AUTO) {
    return Object.keys(labels).length > 0 ? undefined : expr;
  }
  if (legendFormat) {
    return fillLabels(legendFormat, labels);
  }
  const name = seriesText(labels);
  return name === '{}' ? expr : name.replace(/\{\}$/, '');
}

/** Puts labels in: `{{ pod }}`; one that the series hasn't is nothing. */
export function fillLabels(
  format: string,
  labels: Readonly<Record<string, string>>,
): string {
  return format.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, label: string) =>
    Object.hasOwn(labels, label) ? labels[label] : '',
  );
}
