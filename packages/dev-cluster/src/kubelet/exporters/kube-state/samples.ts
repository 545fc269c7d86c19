import { toMillis } from '../../api';
import { Sample, oneOf } from '../family';

/** A sample of that time in Unix seconds; none where there is no time. */
export function at(
  time: Date | string | undefined,
  labels: Sample['labels'],
): Sample[] {
  const millis = toMillis(time);
  return millis === undefined ? [] : [{ labels, value: millis / 1000 }];
}

/** A value for each status that a condition may have: 1 for the one that it has. */
export function conditionStatus(
  labels: Sample['labels'],
  label: string,
  status: string,
): Sample[] {
  return oneOf(
    labels,
    label,
    ['true', 'false', 'unknown'],
    status.toLowerCase(),
  );
}
