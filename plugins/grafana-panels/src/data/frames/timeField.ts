import { FieldType, type Field } from '@grafana/data';
import type { Answer } from './types';

/** With the interval, from which Grafana knows a gap from a missing point. */
export function timeField(
  times: number[],
  { stepSeconds }: Answer,
): Field<number> {
  return {
    name: 'Time',
    type: FieldType.time,
    config: { interval: stepSeconds * 1_000 },
    values: times,
  };
}
