import {
  FieldColorModeId,
  FieldType,
  formattedValueToString,
  ThresholdsMode,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import type { TimeRangeMs } from '../../data/types';
import { graphFieldsOf, type GraphField } from '../series';

/** A stretch of time in which something had one value. */
export interface Segment {
  /** Unix milliseconds. */
  from: number;
  to: number;
  text: string;
  color: string;
}

export interface TimelineRow {
  name: string;
  segments: Segment[];
}

export interface TimelineModel {
  rows: TimelineRow[];
  /** Milliseconds that shapes reach over the range of time. */
  margin: number;
  /** Every time at which something is read, ascending: where the cursor stops. */
  times: number[];
}

interface Sample {
  time: number;
  value: unknown;
}

const DAY = 86_400_000;

/** States over time: each value holds until the next one; equal ones in a row become one stretch. */
export function stateTimeline(
  frames: DataFrame[],
  timeRange: TimeRangeMs,
  theme: GrafanaTheme2,
  mergesEqual: boolean,
): TimelineModel {
  return modelOf(frames, theme, (graph, samples) => {
    const segments: Segment[] = [];
    const { spanNulls } = graph.custom;
    const bridged = spanNulls === true ? Infinity : Number(spanNulls || 0) || 0;
    const last = samples[samples.length - 1];
    const step = graph.time.config.interval ?? undefined;
    samples.forEach((sample, i) => {
      if (isMissing(sample.value)) {
        return;
      }
      let next = i + 1;
      while (
        next < samples.length &&
        isMissing(samples[next].value) &&
        samples[next].time - sample.time <= bridged
      ) {
        next++;
      }
      const to =
        samples[next]?.time ??
        Math.max(last.time, endOf(last.time, step, timeRange));
      // A hole that is longer than the step is one, also without a null in it.
      const end =
        step && to - sample.time > step * 1.5 && !bridged
          ? sample.time + step
          : to;
      add(segments, segmentOf(graph, sample, end, theme), mergesEqual);
    });
    return segments;
  });
}

/** A cell for each reading, as wide as the time between two. */
export function statusHistory(
  frames: DataFrame[],
  theme: GrafanaTheme2,
): TimelineModel {
  return modelOf(frames, theme, (graph, samples) => {
    const step = graph.time.config.interval ?? leastStep(samples);
    return samples
      .filter(({ value }) => !isMissing(value))
      .map(sample => segmentOf(graph, sample, sample.time + step, theme))
      .map(segment => ({
        ...segment,
        from: segment.from - step / 2,
        to: segment.to - step / 2,
      }));
  });
}

function modelOf(
  frames: DataFrame[],
  theme: GrafanaTheme2,
  segmentsOf: (graph: GraphField, samples: Sample[]) => Segment[],
): TimelineModel {
  const fields = graphFieldsOf(
    frames,
    theme,
    ({ type }) => type !== FieldType.time && type !== FieldType.frame,
  );
  const times = new Set<number>();
  const rows = fields.map(graph => {
    const samples = samplesOf(graph);
    samples.forEach(({ time }) => times.add(time));
    return { name: graph.name, segments: segmentsOf(graph, samples) };
  });
  const sorted = [...times].sort((a, b) => a - b);
  const starts = rows.flatMap(({ segments }) => segments.slice(0, 1));
  return {
    rows,
    times: sorted,
    margin: starts.reduce(
      (most, { from }) => Math.max(most, (sorted[0] ?? from) - from),
      0,
    ),
  };
}

function samplesOf({ time, field }: GraphField): Sample[] {
  const values: unknown[] = field.values;
  return time.values
    .map((at, i) => ({ time: Number(at), value: values[i] }))
    .filter(sample => Number.isFinite(sample.time))
    .sort((a, b) => a.time - b.time);
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function endOf(
  last: number,
  step: number | undefined,
  { to }: TimeRangeMs,
): number {
  return step === undefined ? to : Math.min(to, last + step);
}

function leastStep(samples: Sample[]): number {
  let least = Infinity;
  for (let i = 1; i < samples.length; i++) {
    const step = samples[i].time - samples[i - 1].time;
    least = step > 0 ? Math.min(least, step) : least;
  }
  return Number.isFinite(least) ? least : DAY / 24;
}

function segmentOf(
  graph: GraphField,
  { time, value }: Sample,
  to: number,
  theme: GrafanaTheme2,
): Segment {
  const display = graph.field.display?.(value);
  return {
    from: time,
    to,
    text:
      thresholdText(graph.field, value) ??
      (display ? formattedValueToString(display) : String(value)),
    color: visible(display?.color) ?? theme.colors.text.secondary,
  };
}

/** `< 60%`, `60%+`: numbers that are coloured by thresholds are told apart by those only. */
function thresholdText(field: Field, value: unknown): string | undefined {
  const { color, thresholds, mappings } = field.config;
  const steps = thresholds?.steps ?? [];
  if (
    typeof value !== 'number' ||
    color?.mode !== FieldColorModeId.Thresholds ||
    thresholds?.mode === ThresholdsMode.Percentage ||
    mappings?.length ||
    steps.length < 2 ||
    !field.display
  ) {
    return undefined;
  }
  const textOf = (bound: number) =>
    formattedValueToString(field.display!(bound));
  const index = steps.findLastIndex((step, i) => i > 0 && value >= step.value);
  return index < 0
    ? `< ${textOf(steps[1].value)}`
    : `${textOf(steps[index].value)}+`;
}

/** Transparent states would not be seen at all. */
function visible(color: string | undefined): string | undefined {
  return color && !/,\s*0\)$/.test(color) ? color : undefined;
}

function add(segments: Segment[], next: Segment, mergesEqual: boolean): void {
  const last = segments[segments.length - 1];
  if (
    mergesEqual &&
    last &&
    last.to === next.from &&
    last.text === next.text &&
    last.color === next.color
  ) {
    last.to = next.to;
  } else if (next.to > next.from) {
    segments.push(next);
  }
}

/** The states that occur, each once, in the order in which they are met. */
export function statesOf(
  model: TimelineModel,
): Array<{ text: string; color: string }> {
  const states = new Map<string, { text: string; color: string }>();
  for (const { segments } of model.rows) {
    for (const { text, color } of segments) {
      states.set(`${color} ${text}`, { text, color });
    }
  }
  return [...states.values()];
}
