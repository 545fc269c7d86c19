import type { GrafanaTheme2 } from '@grafana/data';
import type { ValueAxis } from './axes';
import type { Frame } from './frame';

/** What everything in the picture is placed by. */
export interface Place {
  axes: ValueAxis[];
  frame: Frame;
  isHorizontal: boolean;
  theme: GrafanaTheme2;
}

/** Where a value of an axis stands, in CSS pixels along it. */
export function positionOf(
  value: number,
  { min, max }: Pick<ValueAxis, 'min' | 'max'>,
  { frame, isHorizontal }: Pick<Place, 'frame' | 'isHorizontal'>,
): number {
  const share = (Math.min(max, Math.max(min, value)) - min) / (max - min);
  return isHorizontal
    ? frame.left + share * frame.width
    : frame.top + (1 - share) * frame.height;
}
