import type { FieldSparkline } from '@grafana/data';

export interface SparklineProps {
  sparkline: FieldSparkline;
  color: string;
  /** CSS pixels. */
  width: number;
  height: number;
  /** Opacity of the area under the line, 0 to 1. */
  fill: number;
}

const LINE_WIDTH = 1.5;

/** A small curve without axes; decorative, the figure beside it is what counts. */
export function Sparkline(props: SparklineProps) {
  const { color, width, height, fill } = props;
  const runs = runsOf(props);
  if (runs.length === 0) {
    return null;
  }
  const lines = runs.map(
    run => `M${run.map(([x, y]) => `${x},${y}`).join('L')}`,
  );
  const areas = runs.map(
    (run, i) =>
      `${lines[i]}L${run[run.length - 1][0]},${height}L${run[0][0]},${height}Z`,
  );
  return (
    <svg width={width} height={height} aria-hidden="true" focusable="false">
      {fill > 0 ? (
        <path d={areas.join('')} fill={color} fillOpacity={fill} />
      ) : undefined}
      <path
        d={lines.join('')}
        fill="none"
        stroke={color}
        strokeWidth={LINE_WIDTH}
        strokeLinejoin="round"
      />
    </svg>
  );
}

type Point = readonly [x: number, y: number];

/** Unbroken parts of the curve, in pixels. */
function runsOf({ sparkline, width, height }: SparklineProps): Point[][] {
  const values: unknown[] = sparkline.y.values;
  const times: unknown[] | undefined = sparkline.x?.values;
  const finite = values.filter(
    (value): value is number =>
      typeof value === 'number' && Number.isFinite(value),
  );
  if (finite.length < 2) {
    return [];
  }
  const { config } = sparkline.y;
  const low = config.min ?? finite.reduce((a, b) => Math.min(a, b));
  const high = config.max ?? finite.reduce((a, b) => Math.max(a, b));
  const first = Number(sparkline.timeRange?.from.valueOf() ?? times?.[0] ?? 0);
  const last = Number(
    sparkline.timeRange?.to.valueOf() ??
      times?.[times.length - 1] ??
      values.length - 1,
  );
  const inner = height - 2 * LINE_WIDTH;
  const toX = (i: number) =>
    ((Number(times?.[i] ?? i) - first) / (last - first || 1)) * width;
  const toY = (value: number) =>
    LINE_WIDTH + inner * (high > low ? 1 - (value - low) / (high - low) : 0.5);

  const runs: Point[][] = [];
  let run: Point[] = [];
  values.forEach((value, i) => {
    if (typeof value === 'number' && Number.isFinite(value)) {
      run.push([round(toX(i)), round(toY(value))]);
    } else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  });
  runs.push(run);
  return runs.filter(({ length }) => length > 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
