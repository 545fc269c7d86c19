import {
  FieldType,
  type DataFrame,
  type Field,
  type FieldConfigSource,
} from '@grafana/data';
import { applyFields } from '../../data/fields';
import { createPanelTheme } from '../../theme';
import type { PanelProps } from '../types';

export const theme = createPanelTheme('light');

/** 2026-11-23 12:00 UTC and one hour later. */
export const FROM = Date.UTC(2026, 10, 23, 12);
export const TO = FROM + 3_600_000;

/** A series with a value every `step` milliseconds from `FROM` on. */
export function seriesFrame(
  name: string,
  values: unknown[],
  options: { step?: number; labels?: Record<string, string> } = {},
): DataFrame {
  const { step = 60_000, labels } = options;
  return {
    refId: 'A',
    name,
    length: values.length,
    fields: [
      {
        name: 'Time',
        type: FieldType.time,
        config: { interval: step },
        values: values.map((_, i) => FROM + i * step),
      },
      {
        name: 'Value',
        type: FieldType.number,
        config: { displayNameFromDS: name },
        labels,
        values,
      },
    ],
  };
}

/** A table with a column for each key. */
export function tableFrame(columns: Record<string, unknown[]>): DataFrame {
  const fields = Object.entries(columns).map(
    ([name, values]): Field => ({
      name,
      type: typeof values[0] === 'number' ? FieldType.number : FieldType.string,
      config: {},
      values,
    }),
  );
  return { length: fields[0]?.values.length ?? 0, fields };
}

/** A panel's properties, its fields configured as the data layer does it. */
export function panelProps(
  type: string,
  frames: DataFrame[],
  rest: {
    options?: Record<string, unknown>;
    fieldConfig?: Partial<FieldConfigSource>;
    data?: Partial<PanelProps['data']>;
  } & Partial<Omit<PanelProps, 'data' | 'fieldConfig' | 'options'>> = {},
): PanelProps {
  const { data, options = {}, ...others } = rest;
  const fieldConfig = { defaults: {}, overrides: [], ...rest.fieldConfig };
  return {
    id: 1,
    type,
    title: 'A panel',
    width: 600,
    height: 300,
    theme,
    timeZone: 'utc',
    ...others,
    options,
    fieldConfig,
    data: {
      state: 'done',
      frames: applyFields(frames, {
        fieldConfig,
        scope: new Map(),
        theme,
        timeZone: 'utc',
      }),
      timeRange: { from: FROM, to: TO },
      annotations: [],
      ...data,
    },
  };
}
