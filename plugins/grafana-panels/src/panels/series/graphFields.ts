import {
  FieldType,
  getFieldDisplayName,
  getFieldSeriesColor,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import type { GraphFieldConfig } from '@grafana/schema';

/** A numeric field of a frame that has times: one curve, one row of a timeline. */
export interface GraphField {
  name: string;
  color: string;
  frame: DataFrame;
  time: Field<number>;
  field: Field;
  custom: GraphFieldConfig;
}

/** What Grafana's panel options say about a field; a dashboard may leave all of it out. */
export function customOf(field: Field): GraphFieldConfig {
  return (field.config.custom ?? {}) as GraphFieldConfig;
}

function isDrawn(field: Field): boolean {
  return field.type === FieldType.number || field.type === FieldType.boolean;
}

/** The curves of a panel, in the order of its frames. Fields that the dashboard hides from the picture are left out. */
export function graphFieldsOf(
  frames: DataFrame[],
  theme: GrafanaTheme2,
  accept: (field: Field) => boolean = isDrawn,
): GraphField[] {
  const result: GraphField[] = [];
  for (const frame of frames) {
    const time = frame.fields.find(field => field.type === FieldType.time);
    if (!time) {
      continue;
    }
    for (const field of frame.fields) {
      const custom = customOf(field);
      if (field === time || !accept(field) || custom.hideFrom?.viz) {
        continue;
      }
      result.push({
        name: getFieldDisplayName(field, frame, frames),
        color: getFieldSeriesColor(field, theme).color,
        frame,
        time,
        field,
        custom,
      });
    }
  }
  return result;
}
