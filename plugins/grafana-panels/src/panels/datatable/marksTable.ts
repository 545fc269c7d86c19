import { dateTimeFormat } from '@grafana/data';
import type { AnnotationMark, TimeRangeMs } from '../../data/types';
import type { PlainTable } from './tableOf';

/** The marks across a picture's time, newest first; undefined where there are none. */
export function marksTable(
  marks: readonly AnnotationMark[],
  range: TimeRangeMs,
  timeZone: string,
): PlainTable | undefined {
  const timeOf = (time: number) => dateTimeFormat(time, { timeZone });
  const rows = marks
    .filter(
      ({ time, timeEnd }) =>
        time <= range.to && (timeEnd ?? time) >= range.from,
    )
    .sort((a, b) => b.time - a.time)
    .map(({ time, timeEnd, title, text = '', tags }) => [
      timeOf(time),
      timeEnd !== undefined && timeEnd > time ? timeOf(timeEnd) : '',
      title,
      text,
      tags.join(', '),
    ]);
  return rows.length > 0
    ? { headings: ['From', 'To', 'Mark', 'Text', 'Tags'], rows, left: 0 }
    : undefined;
}
