import { isOpaque } from '../thresholds';
import { withOpacity } from '../../theme';
import { positionOf, type Place } from './place';

/** Thresholds that the dashboard draws: areas under the bars, lines over them. */
export function BarThresholds(props: Place & { part: 'areas' | 'lines' }) {
  const { axes, frame, isHorizontal, part } = props;
  const { left, top, width, height } = frame;
  return (
    <g pointerEvents="none">
      {axes.map((axis, index) => {
        const style = axis.thresholds;
        if (!style || !(part === 'areas' ? style.isArea : style.isLine)) {
          return null;
        }
        return style.steps
          .map((step, i) => ({
            ...step,
            from: Math.max(axis.min, step.value),
            to: Math.min(axis.max, style.steps[i + 1]?.value ?? Infinity),
          }))
          .filter(({ color, from, to }) => isOpaque(color) && to > from)
          .map(({ color, value, from, to }) => {
            const key = `${index} ${value}`;
            const start = positionOf(from, axis, props);
            if (part === 'areas') {
              const end = positionOf(to, axis, props);
              const along = Math.min(start, end);
              const size = Math.abs(end - start);
              return (
                <rect
                  key={key}
                  fill={withOpacity(color, 0.1)}
                  {...(isHorizontal
                    ? { x: along, y: top, width: size, height }
                    : { x: left, y: along, width, height: size })}
                />
              );
            }
            return value < axis.min ? null : (
              <line
                key={key}
                stroke={color}
                strokeWidth={1.5}
                strokeDasharray={style.isDashed ? '8 6' : undefined}
                {...(isHorizontal
                  ? { x1: start, x2: start, y1: top, y2: top + height }
                  : { x1: left, x2: left + width, y1: start, y2: start })}
              />
            );
          });
      })}
    </g>
  );
}
