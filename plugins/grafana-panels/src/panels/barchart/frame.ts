import { widestText } from '../chart';
import { axisSize, type ValueAxis } from './axes';
import type { BarChartOptions } from './options';

/** Where the bars are, in CSS pixels of the picture. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

const NAMES_LINE = 22;
const EDGE = 8;
const NAME_GAP = 10;
/** Of the picture, at most, for what stands on one side of the bars. */
const SIDE_SHARE = 0.4;

/** What axes and names leave for the bars. */
export function frameOf(
  size: { width: number; height: number },
  axes: ValueAxis[],
  names: string[],
  options: BarChartOptions,
  isHorizontal: boolean,
): Frame {
  const { width, height } = size;
  const room = (isNear: boolean) =>
    axes
      .filter(axis => axis.isNear === isNear)
      .reduce((sum, axis) => sum + axisSize(axis, isHorizontal), 0);
  const [near, far] = [room(true), room(false)];
  const most = (value: number, of: number) => Math.min(value, of * SIDE_SHARE);
  if (isHorizontal) {
    const left = most(widestText(names) + NAME_GAP, width);
    return {
      left,
      top: EDGE + far,
      width: Math.max(10, width - left - EDGE),
      height: Math.max(10, height - EDGE - far - near),
    };
  }
  const angle = (options.xTickLabelRotation * Math.PI) / 180;
  // Names that run up to their bar from the lower left need room before the first one.
  const lean = angle < 0 ? Math.cos(angle) * widestText(names) : 0;
  const left = most(
    Math.max(near, EDGE, lean - width / Math.max(1, names.length) / 2),
    width,
  );
  const bottom = most(
    NAMES_LINE + Math.abs(Math.sin(angle)) * widestText(names),
    height,
  );
  // And those that run down from it to the right, after the last one.
  const tail = angle > 0 ? Math.cos(angle) * widestText(names) : 0;
  const right = most(
    Math.max(EDGE, far, tail - width / Math.max(1, names.length) / 2),
    width,
  );
  return {
    left,
    top: EDGE,
    width: Math.max(10, width - left - right),
    height: Math.max(10, height - EDGE - bottom),
  };
}
