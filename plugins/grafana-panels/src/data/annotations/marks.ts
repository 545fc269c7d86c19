import type {
  AnnotationSource,
  Series,
} from '@llm-platform/plugin-grafana-panels-common';
import { fillLabels, pointsOf } from '../frames';
import type { AnnotationMark } from '../types';

/** More marks hide what they mark. */
const MAX_MARKS = 500;

/**
 * Marks of an annotation query: neighbouring points of a series are one mark over their time, values of zero are none; or each
 * value is itself the time.
 */
export function marksOf(
  source: AnnotationSource,
  series: readonly Series[],
  stepMs: number,
): AnnotationMark[] {
  const marks: AnnotationMark[] = [];
  for (const one of series) {
    const { labels } = one;
    const mark = (time: number): AnnotationMark => ({
      time,
      title: source.titleFormat
        ? fillLabels(source.titleFormat, labels)
        : source.name,
      text: source.textFormat
        ? fillLabels(source.textFormat, labels)
        : undefined,
      tags: source.tagKeys.flatMap(key => labels[key] ?? []),
      color: source.color,
    });
    const { times, values } = pointsOf(one);
    if (source.useValueForTime) {
      const moments = new Set(values.filter(value => value > 0));
      marks.push(...[...moments].filter(Number.isFinite).map(mark));
      continue;
    }
    let open: AnnotationMark | undefined;
    let last = 0;
    times.forEach((time, index) => {
      if (!(Math.abs(values[index]) > 0)) {
        return;
      }
      if (open && time - last <= stepMs) {
        open.timeEnd = time;
      } else {
        open = mark(time);
        marks.push(open);
      }
      last = time;
    });
  }
  return marks.sort((a, b) => a.time - b.time).slice(-MAX_MARKS);
}
