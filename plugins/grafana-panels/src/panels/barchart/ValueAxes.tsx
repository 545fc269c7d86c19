import { axisSize, type ValueAxis } from './axes';
import { positionOf, type Place } from './place';
import css from './BarChart.module.css';

/** Numbers along the bars, lines across them from the first axis, and what the dashboard calls each axis. */
export function ValueAxes(place: Place) {
  const { axes, isHorizontal } = place;
  return (
    <>
      {axes.map((axis, index) => {
        if (!axis.isShown) {
          return null;
        }
        // Axes on the same side stand one beyond the other.
        const offset = axes
          .slice(0, index)
          .filter(({ isNear }) => isNear === axis.isNear)
          .reduce((sum, other) => sum + axisSize(other, isHorizontal), 0);
        return (
          <Axis
            key={index}
            {...place}
            axis={axis}
            offset={offset}
            hasGrid={index === 0}
          />
        );
      })}
    </>
  );
}

function Axis(
  props: Place & { axis: ValueAxis; offset: number; hasGrid: boolean },
) {
  const { axis, offset, hasGrid, frame, isHorizontal, theme } = props;
  const { left, top, width, height } = frame;
  const [right, bottom] = [left + width, top + height];
  const fill = theme.colors.text.secondary;
  return (
    <>
      {axis.ticks.map((tick, i) => {
        const at = positionOf(tick, axis, props);
        return (
          <g key={tick}>
            {hasGrid ? (
              <line
                {...(isHorizontal
                  ? { x1: at, x2: at, y1: top, y2: bottom }
                  : { x1: left, x2: right, y1: at, y2: at })}
                stroke={theme.colors.border.weak}
              />
            ) : undefined}
            <text
              className={css.tick}
              fill={fill}
              {...(isHorizontal
                ? {
                    x: at,
                    y: axis.isNear ? bottom + 15 + offset : top - 6 - offset,
                    textAnchor: 'middle',
                  }
                : {
                    x: axis.isNear ? left - 6 - offset : right + 6 + offset,
                    y: at + 4,
                    textAnchor: axis.isNear ? 'end' : 'start',
                  })}
            >
              {axis.texts[i]}
            </text>
          </g>
        );
      })}
      {axis.label ? (
        <text
          className={css.tick}
          fill={fill}
          textAnchor="middle"
          {...labelPlace(props)}
        >
          {axis.label}
        </text>
      ) : undefined}
    </>
  );
}

/** Along the outer edge of its axis; beside upright bars it is read from below. */
function labelPlace({
  axis,
  offset,
  frame,
  isHorizontal,
}: Place & { axis: ValueAxis; offset: number }) {
  const { left, top, width, height } = frame;
  const outer = offset + axisSize(axis, isHorizontal);
  if (isHorizontal) {
    return {
      x: left + width / 2,
      y: axis.isNear ? top + height + outer - 4 : top - outer + 12,
    };
  }
  const x = axis.isNear ? left - outer + 12 : left + width + outer - 4;
  const y = top + height / 2;
  return { x, y, transform: `rotate(-90 ${x} ${y})` };
}
