import type { DataFrame } from '@grafana/data';

/** A time range in Unix milliseconds. */
export interface TimeRangeMs {
  from: number;
  to: number;
}

/** A mark across the time axis: a deployment, an alert. */
export interface AnnotationMark {
  /** Unix milliseconds. */
  time: number;
  /** Unix milliseconds, for a region. */
  timeEnd?: number;
  title: string;
  text?: string;
  tags: string[];
  color: string;
}

/** What a panel draws: frames after transformations, every field with its display processor (`field.display`). */
export interface PanelData {
  /** `stale`: the newest attempt failed, the frames are those of `asOf`. */
  state: 'loading' | 'done' | 'error' | 'stale';
  frames: DataFrame[];
  timeRange: TimeRangeMs;
  annotations: AnnotationMark[];
  /** Of the newest attempt. */
  error?: { code: string; message: string };
  /** Unix milliseconds at which the frames were read. */
  asOf?: number;
  /** What Prometheus was asked, by refId. */
  executed?: Record<string, string>;
  /** What Prometheus or the portal remarked on the answers. */
  warnings?: string[];
}
