import { DataFrameType, FieldType, type DataFrame } from '@grafana/data';
import { legendOf } from './legend';
import { timeField } from './timeField';
import type { Answer } from './types';
import { pointsOf } from './values';

/** One frame per series, as Grafana's data source makes them. */
export function timeSeriesFrames(answer: Answer): DataFrame[] {
  return answer.series.map(series => {
    const { times, values } = pointsOf(series);
    const name = legendOf(series.labels, answer.legendFormat, answer.expr);
    return {
      refId: answer.refId,
      name,
      length: times.length,
      meta: {
        type: answer.instant
          ? DataFrameType.NumericMulti
          : DataFrameType.TimeSeriesMulti,
        executedQueryString: answer.executed,
      },
      fields: [
        timeField(times, answer),
        {
          name: 'Value',
          type: FieldType.number,
          config: name === undefined ? {} : { displayNameFromDS: name },
          labels: series.labels,
          values,
        },
      ],
    };
  });
}
