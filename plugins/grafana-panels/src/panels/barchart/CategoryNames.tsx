import type { GrafanaTheme2 } from '@grafana/data';
import { CHARACTER_WIDTH, shorten, widestText } from '../chart';
import type { Frame } from './frame';
import type { BarChartOptions } from './options';
import css from './BarChart.module.css';

const LINE_HEIGHT = 16;
const MIN_NAME_WIDTH = 52;

/** The names of the categories beside their bars. */
export function CategoryNames(props: {
  names: string[];
  /** Times are shown whole or not at all. */
  areTimes: boolean;
  /** CSS pixels of a category across the bars. */
  band: number;
  /** CSS pixels of the whole picture. */
  width: number;
  height: number;
  frame: Frame;
  isHorizontal: boolean;
  options: BarChartOptions;
  theme: GrafanaTheme2;
}) {
  const { names, areTimes, band, width, height } = props;
  const { frame, isHorizontal, options, theme } = props;
  const rotation = isHorizontal ? 0 : options.xTickLabelRotation;
  // Names side by side are cut where there is room for some letters, and left out where there is not.
  const needed =
    isHorizontal || rotation !== 0
      ? LINE_HEIGHT
      : Math.min(widestText(names) + 8, areTimes ? Infinity : MIN_NAME_WIDTH);
  // Every nth, so that they don't lie over each other.
  const every = Math.max(
    1,
    Math.ceil(Math.max(needed, Math.abs(options.xTickLabelSpacing)) / band),
  );
  // The first of all would be cut at the picture's edge.
  const first = areTimes ? Math.floor(every / 2) : 0;
  const slope = Math.abs(Math.sin((rotation * Math.PI) / 180));
  const roomAt = (x: number) => {
    if (isHorizontal) {
      return frame.left;
    }
    return slope > 0
      ? (height - frame.top - frame.height - 10) / slope
      : // As far as to the next name, and to the edge of the picture on both sides.
        Math.min(band * every, 2 * x, 2 * (width - x));
  };
  return (
    <>
      {names.map((name, i) => {
        if (i % every !== first) {
          return null;
        }
        const middle = (i + 0.5) * band;
        const [x, y] = isHorizontal
          ? [frame.left - 6, frame.top + middle + 4]
          : [frame.left + middle, frame.top + frame.height + 15];
        const most = Math.max(3, Math.floor(roomAt(x) / CHARACTER_WIDTH));
        if (areTimes && name.length > most) {
          return null;
        }
        const anchor = isHorizontal || rotation < 0 ? 'end' : 'middle';
        return (
          <text
            key={i}
            className={css.tick}
            fill={theme.colors.text.secondary}
            x={x}
            y={y}
            textAnchor={rotation > 0 ? 'start' : anchor}
            transform={
              rotation !== 0 ? `rotate(${rotation} ${x} ${y})` : undefined
            }
          >
            {shorten(name, most)}
          </text>
        );
      })}
    </>
  );
}
