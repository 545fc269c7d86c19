import type { DataFrame } from '@grafana/data';
import { heatmapFrames } from './heatmap';
import { tableFrame } from './table';
import { timeSeriesFrames } from './timeSeries';
import type { Answer } from './types';

export { fillLabels } from './legend';
export type { Answer } from './types';
export { pointsOf } from './values';

/** The answers to a panel's queries as Grafana's frames. */
export function framesOf(answers: readonly Answer[]): DataFrame[] {
  const tables = answers.filter(({ format }) => format === 'table').length;
  return answers.flatMap(answer => {
    switch (answer.format) {
      case 'table':
        return answer.series.length === 0
          ? []
          : [
              tableFrame(
                answer,
                tables > 1 ? `Value #${answer.refId}` : 'Value',
              ),
            ];
      case 'heatmap':
        return answer.series.length === 0 ? [] : heatmapFrames(answer);
      default:
        return timeSeriesFrames(answer);
    }
  });
}
