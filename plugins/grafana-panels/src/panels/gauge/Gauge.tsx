import {
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  ThresholdsMode,
  type FieldDisplay,
  type GrafanaTheme2,
} from '@grafana/data';
import { readableTextOn } from '../../theme';
import { widestText } from '../chart';
import { fitText, limitsOf, shareOf, Sparkline, textOfFigure } from '../values';
import { pointOn, ringPath } from './arc';
import type { GaugeOptions } from './options';
import css from './Gauge.module.css';

export interface GaugeProps {
  value: FieldDisplay;
  options: GaugeOptions;
  showsName: boolean;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}

/** The arc leaves the bottom open; degrees, clockwise from the top. */
const ARC = { from: -115, to: 115 };
const CIRCLE = { from: 0, to: 360 };
/** Of the radius, for a bar of the whole width. */
const RING = 0.4;
const MARKER_RING = 0.05;
const NAME_HEIGHT = 20;

/** One figure on an arc. */
export function Gauge(props: GaugeProps) {
  const { value, options, theme, width, height, showsName } = props;
  const room = height - (showsName ? NAME_HEIGHT : 0);
  const isCircle = options.shape === 'circle';
  const span = isCircle ? CIRCLE : ARC;
  const steps = thresholdShares(value, theme);
  const labelRoom = options.showThresholdLabels ? 14 : 0;
  const labelWidth = options.showThresholdLabels
    ? widestText(steps.map(step => step.text))
    : 0;
  // The open bottom of the arc lets the circle be larger than half of the height.
  const radius = Math.max(
    10,
    Math.min(
      width / 2 - labelWidth - 8,
      (room - labelRoom * 2) / (isCircle ? 2 : 1.45),
    ) - 2,
  );
  const cx = width / 2;
  // The picture is as high as its arc, so that the name stands under it.
  const pictureHeight = Math.min(
    room,
    labelRoom + radius * (isCircle ? 2 : 1.45) + 4,
  );
  const cy = labelRoom + radius + 2;
  const angleOf = (share: number) => span.from + (span.to - span.from) * share;
  const hasMarkers = options.showThresholdMarkers && !isCircle;
  const outer = hasMarkers ? radius * (1 - MARKER_RING - 0.025) : radius;
  const inner = outer - radius * RING * options.barWidthFactor;
  const color = value.display.color ?? theme.colors.text.primary;
  const text = textOfFigure(value);
  const [from, to] = [
    options.neutral === undefined ? 0 : shareOf(value, options.neutral),
    shareOf(value),
  ].sort((a, b) => a - b);
  const showsValue = options.textMode !== 'name' && options.textMode !== 'none';

  return (
    <li className={css.tile} style={{ height }}>
      <div className={css.picture} style={{ height: pictureHeight }}>
        <svg
          width={width}
          height={pictureHeight}
          aria-hidden="true"
          focusable="false"
        >
          <path
            d={ringPath(cx, cy, outer, inner, span)}
            fill={theme.colors.background.secondary}
            stroke={theme.colors.border.weak}
          />
          {to > from ? (
            <path
              d={ringPath(cx, cy, outer, inner, {
                from: angleOf(from),
                to: angleOf(to),
              })}
              fill={color}
            />
          ) : undefined}
          {hasMarkers
            ? steps.map(step => (
                <path
                  key={step.from}
                  d={ringPath(cx, cy, radius, radius * (1 - MARKER_RING), {
                    from: angleOf(step.from),
                    to: angleOf(step.to),
                  })}
                  fill={step.color}
                />
              ))
            : undefined}
          {options.showThresholdLabels
            ? steps.slice(1).map(step => {
                const [x, y] = pointOn(
                  cx,
                  cy,
                  radius + 8,
                  angleOf(step.from),
                ).split(',');
                return (
                  <text
                    key={step.from}
                    x={x}
                    y={y}
                    textAnchor={Number(x) < cx ? 'end' : 'start'}
                    className={css.label}
                    fill={theme.colors.text.secondary}
                  >
                    {step.text}
                  </text>
                );
              })
            : undefined}
        </svg>
        {options.sparkline && value.sparkline ? (
          <span className={css.spark} style={{ top: cy + inner * 0.35 }}>
            <Sparkline
              sparkline={value.sparkline}
              color={color}
              width={inner}
              height={inner * 0.3}
              fill={0.18}
            />
          </span>
        ) : undefined}
        {showsValue ? (
          <span
            className={css.value}
            style={{
              top: cy,
              color: readableTextOn(theme.colors.background.primary, color),
              fontSize:
                options.text.valueSize ??
                fitText(text, inner * 1.5, inner * 0.7, { min: 11, max: 56 }),
            }}
          >
            {text}
          </span>
        ) : undefined}
      </div>
      {showsName ? (
        <span
          className={css.name}
          style={{ fontSize: options.text.titleSize ?? 12 }}
        >
          {value.display.title}
        </span>
      ) : undefined}
    </li>
  );
}

interface ThresholdShare {
  /** 0 to 1 of the scale. */
  from: number;
  to: number;
  color: string;
  /** The threshold's value as the field shows it. */
  text: string;
}

function thresholdShares(
  figure: FieldDisplay,
  theme: GrafanaTheme2,
): ThresholdShare[] {
  const { thresholds } = figure.field;
  if (!thresholds) {
    return [];
  }
  const { min, max } = limitsOf(figure);
  const isPercent = thresholds.mode === ThresholdsMode.Percentage;
  const display = getDisplayProcessor({
    field: {
      type: FieldType.number,
      config: { ...figure.field, mappings: [] },
    },
    theme,
  });
  const shares = thresholds.steps.map(({ value }, index) => {
    const share = isPercent ? value / 100 : (value - min) / (max - min);
    return index === 0 ? 0 : Math.min(1, Math.max(0, share));
  });
  return thresholds.steps
    .map(({ value, color }, index) => ({
      from: shares[index],
      to: shares[index + 1] ?? 1,
      color: theme.visualization.getColorByName(color),
      text: isPercent ? `${value}%` : formattedValueToString(display(value)),
    }))
    .filter(({ from, to }) => to > from);
}
