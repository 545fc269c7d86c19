import type {
  LabelRequest,
  LabelResponse,
} from '@llm-platform/plugin-grafana-panels-common';
import type { DataSource } from '../dataSources';
import type { Weighed } from './AnswerCache';

/** What there is to choose from, with its weight in memory. */
export type Choices = LabelResponse & Weighed;

/** Asks one data source. Throws a QueryFailure. */
export async function readChoices(
  { api }: DataSource,
  options: {
    kind: LabelRequest['kind'];
    label: string;
    lookup: Parameters<DataSource['api']['series']>[0];
    call: Parameters<DataSource['api']['series']>[1];
  },
): Promise<Choices> {
  const { kind, label, lookup, call } = options;
  if (kind === 'series') {
    const { items, warnings } = await api.series(lookup, call);
    return {
      values: [],
      series: items,
      warnings,
      bytes: JSON.stringify(items).length,
    };
  }
  const { items, warnings } =
    kind === 'names'
      ? await api.labelNames(lookup, call)
      : await api.labelValues(label, lookup, call);
  return {
    values: items.sort(),
    warnings,
    bytes: JSON.stringify(items).length,
  };
}
