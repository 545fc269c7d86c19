import { FieldType, type DataFrame, type Field } from '@grafana/data';
import type { Answer } from './types';
import { pointsOf } from './values';

/**
 * One frame of all series: a column for the time, one for each label, one for the value; a row for each point.
 *
 * @param valueName - `Value`, or `Value #A` where several queries give tables
 */
export function tableFrame(answer: Answer, valueName: string): DataFrame {
  const labels = [
    ...new Set(answer.series.flatMap(({ labels: own }) => Object.keys(own))),
  ].sort();
  const columns = new Map<string, string[]>(labels.map(name => [name, []]));
  const times: number[] = [];
  const values: number[] = [];
  for (const series of answer.series) {
    const points = pointsOf(series);
    points.times.forEach((time, index) => {
      times.push(time);
      values.push(points.values[index]);
      for (const [name, column] of columns) {
        column.push(series.labels[name] ?? '');
      }
    });
  }
  const fields: Field[] = [
    { name: 'Time', type: FieldType.time, config: {}, values: times },
    ...[...columns].map(([name, column]) => ({
      name,
      type: FieldType.string,
      config: { filterable: true },
      values: column,
    })),
    { name: valueName, type: FieldType.number, config: {}, values },
  ];
  return {
    refId: answer.refId,
    length: times.length,
    meta: {
      preferredVisualisationType: 'table',
      executedQueryString: answer.executed,
    },
    fields,
  };
}
