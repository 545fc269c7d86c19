import {
  FieldType,
  getDisplayProcessor,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';

/** What is the whole of a share, by unit. */
const WHOLE: ReadonlyMap<string | undefined, number> = new Map([
  ['percent', 100],
  ['percentunit', 1],
]);

/**
 * Frames whose shares stand on an arc from nothing to the whole where the dashboard sets no limits, as in Grafana's
 * gauge: the least and the greatest of what was read say nothing about a share. Colours and thresholds follow the arc.
 * The given frames stay as they are, other panels draw them too.
 */
export function withPercentRange(
  frames: DataFrame[],
  theme: GrafanaTheme2,
  timeZone: string,
): DataFrame[] {
  return frames.map(frame => ({
    ...frame,
    fields: frame.fields.map(field => withRange(field, theme, timeZone)),
  }));
}

function withRange(
  field: Field,
  theme: GrafanaTheme2,
  timeZone: string,
): Field {
  const whole = WHOLE.get(field.config.unit);
  if (whole === undefined || field.type !== FieldType.number) {
    return field;
  }
  const min = field.config.min ?? 0;
  const max = field.config.max ?? whole;
  const ranged: Field = {
    ...field,
    config: { ...field.config, min, max },
    state: { ...field.state, range: { min, max, delta: max - min } },
  };
  return {
    ...ranged,
    display: getDisplayProcessor({ field: ranged, theme, timeZone }),
  };
}
