import type { GrafanaTheme2 } from '@grafana/data';
import { textOn } from '../../theme';
import { widestText } from '../chart';
import { arrangeRows, useFloating } from '../floating';
import { pointOn, ringPath } from '../gauge';
import { useLegend, WithLegend } from '../legend';
import { Message } from '../state';
import type { PanelProps } from '../types';
import { useDisplayValues } from '../values';
import {
  percentText,
  pieOptions,
  slicesOf,
  type PieOptions,
  type Slice,
} from './slices';
import css from './Pie.module.css';

/** Parts of a whole. */
export function PieChartPanel(props: PanelProps) {
  const { theme } = props;
  const legend = useLegend(props);
  const { hidden } = legend;
  const options = pieOptions(props.options);
  const figures = useDisplayValues(props);
  const slices = slicesOf(figures, options.sort, hidden);
  if (slices.length === 0) {
    return <Message title="Nothing above zero" />;
  }
  const items = slices.map(slice => ({
    name: slice.name,
    color: slice.color,
    values: legendValues(slice, options),
  }));
  return (
    <WithLegend {...legend} items={items}>
      {(width, height) => (
        <Pie
          slices={slices.filter(({ share }) => share > 0)}
          options={options}
          width={width}
          height={height}
          theme={theme}
        />
      )}
    </WithLegend>
  );
}

function legendValues(slice: Slice, options: PieOptions) {
  return options.legendValues.map(id =>
    id === 'percent'
      ? {
          title: 'Percent',
          text: percentText(slice.share),
          numeric: slice.share,
        }
      : { title: 'Value', text: slice.text, numeric: slice.value },
  );
}

/** Below this share of the whole a label would not fit into its slice. */
const MIN_LABELLED = 0.05;

function Pie(props: {
  slices: Slice[];
  options: PieOptions;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}) {
  const { slices, options, width, height, theme } = props;
  const floating = useFloating();
  const radius = Math.max(10, Math.min(width, height) / 2 - 4);
  const inner = options.pieType === 'donut' ? radius * 0.62 : 0;
  const [cx, cy] = [width / 2, height / 2];
  return (
    <svg width={width} height={height} aria-hidden="true" focusable="false">
      {slices.map(slice => (
        <path
          key={slice.name}
          className={css.slice}
          d={ringPath(cx, cy, radius, inner, slice)}
          fill={slice.color}
          stroke={theme.colors.background.primary}
          strokeWidth={slices.length > 1 ? 1.5 : 0}
          {...(options.tooltip.mode === 'none'
            ? {}
            : floating(() => ({
                title: '',
                rows: tooltipRows(slices, slice, options),
              })))}
        />
      ))}
      {slices
        .filter(({ share }) => share >= MIN_LABELLED)
        .filter(slice =>
          labelFits(slice, labelLines(slice, options), radius, inner),
        )
        .map(slice => {
          const [x, y] = pointOn(
            cx,
            cy,
            inner > 0 ? (radius + inner) / 2 : radius * 0.68,
            (slice.from + slice.to) / 2,
          ).split(',');
          const lines = labelLines(slice, options);
          return (
            <text
              key={slice.name}
              x={x}
              y={Number(y) - (lines.length - 1) * 7}
              className={css.label}
              fill={textOn(slice.color)}
            >
              {lines.map((line, index) => (
                <tspan key={index} x={x} dy={index === 0 ? 0 : 14}>
                  {line}
                </tspan>
              ))}
            </text>
          );
        })}
    </svg>
  );
}

function tooltipRows(slices: Slice[], pointed: Slice, options: PieOptions) {
  const isAll = options.tooltip.mode === 'multi';
  return arrangeRows(isAll ? slices : [pointed], options.tooltip).map(
    slice => ({
      name: slice.name,
      text: `${slice.text} (${percentText(slice.share)})`,
      color: slice.color,
      isNearest: isAll && slice === pointed,
    }),
  );
}

/** A label over the edge of its slice would be read on two grounds, and on one of them badly. */
function labelFits(
  slice: Slice,
  lines: string[],
  radius: number,
  inner: number,
): boolean {
  const angle = Math.min(180, slice.to - slice.from);
  const middle = inner > 0 ? (radius + inner) / 2 : radius * 0.68;
  const chord = 2 * middle * Math.sin((angle * Math.PI) / 360);
  const room = inner > 0 ? Math.min(chord, (radius - inner) * 1.2) : chord;
  return widestText(lines) <= Math.max(room, inner > 0 ? 0 : radius * 0.4);
}

function labelLines(slice: Slice, options: PieOptions): string[] {
  const texts = {
    name: slice.name,
    value: slice.text,
    percent: percentText(slice.share),
  };
  return (['name', 'value', 'percent'] as const)
    .filter(id => options.displayLabels.includes(id))
    .map(id => texts[id]);
}
