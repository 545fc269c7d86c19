import { mayBePrometheus, readDataSource } from './dataSources';
import { record, records, text, texts, type Json } from './json';
import type { Notices } from './notices';
import type { AnnotationSource } from './types';

const DEFAULT_COLOR = 'purple';

/** Annotations that a Prometheus can answer. */
export function readAnnotations(
  value: unknown,
  notices: Notices,
): AnnotationSource[] {
  return records(record(value).list).flatMap(annotation =>
    // Grafana's own database of annotations and alerts has no counterpart here.
    annotation.builtIn ? [] : readAnnotation(annotation, notices),
  );
}

function readAnnotation(
  annotation: Json,
  notices: Notices,
): AnnotationSource[] {
  const name = text(annotation.name) ?? 'Annotations';
  const target = record(annotation.target);
  const expr = text(annotation.expr) ?? text(target.expr);
  const dataSource = readDataSource(annotation.datasource);
  if (expr === undefined || !mayBePrometheus(dataSource)) {
    notices.missing(
      'annotation-not-supported',
      `The annotations “${name}” don't come from a Prometheus and aren't shown.`,
    );
    return [];
  }
  const filter = record(annotation.filter);
  const ids = texts(filter.ids);
  return [
    {
      name,
      enabled: annotation.enable !== false,
      hidden: annotation.hide === true,
      color: text(annotation.iconColor) ?? DEFAULT_COLOR,
      expr,
      dataSource,
      step: text(annotation.step) ?? text(target.interval),
      titleFormat: text(annotation.titleFormat),
      textFormat: text(annotation.textFormat),
      tagKeys: (text(annotation.tagKeys) ?? '')
        .split(',')
        .map(key => key.trim())
        .filter(key => key !== ''),
      useValueForTime: ['true', 'on', true].includes(
        annotation.useValueForTime as string | boolean,
      ),
      filter:
        ids.length > 0 ? { exclude: filter.exclude === true, ids } : undefined,
    },
  ];
}
