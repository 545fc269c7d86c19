import {
  FieldColorModeId,
  ThresholdsMode,
  type FieldConfigSource,
} from '@grafana/data';
import type { FieldConfigJson } from '@llm-platform/plugin-grafana-panels-common';

/** Panels whose series have colours of their own when nothing else is said; the others' follow the thresholds. */
const SERIES_COLORED = new Set([
  'timeseries',
  'barchart',
  'piechart',
  'histogram',
  'trend',
  'xychart',
]);

/** As in a new panel of Grafana. */
const DEFAULT_STEPS = [
  { value: Number.NEGATIVE_INFINITY, color: 'green' },
  { value: 80, color: 'red' },
];

/** The field config of a panel's JSON with what Grafana adds to a type that says nothing. */
export function fieldConfigOf(
  json: FieldConfigJson,
  type: string,
): FieldConfigSource {
  const { defaults, overrides } = json;
  const mode = SERIES_COLORED.has(type)
    ? FieldColorModeId.PaletteClassic
    : FieldColorModeId.Thresholds;
  return {
    defaults: {
      color: { mode },
      mappings: [],
      ...defaults,
      thresholds: thresholdsOf(defaults.thresholds) ?? {
        mode: ThresholdsMode.Absolute,
        steps: DEFAULT_STEPS,
      },
    },
    overrides: overrides.map(({ matcher, properties }) => ({
      matcher,
      properties: properties.map(property =>
        property.id === 'thresholds'
          ? { ...property, value: thresholdsOf(property.value) }
          : property,
      ),
    })),
  };
}

/** JSON has no infinity, so the lowest step has no value there. */
function thresholdsOf(value: unknown) {
  if (typeof value !== 'object' || value === null || !('steps' in value)) {
    return undefined;
  }
  const steps: unknown[] = Array.isArray(value.steps) ? value.steps : [];
  const isPercentage = 'mode' in value && value.mode === 'percentage';
  return {
    mode: isPercentage ? ThresholdsMode.Percentage : ThresholdsMode.Absolute,
    steps: steps
      .filter(step => typeof step === 'object' && step !== null)
      .map(step => ({
        color: 'color' in step ? String(step.color) : 'green',
        value:
          'value' in step && typeof step.value === 'number'
            ? step.value
            : Number.NEGATIVE_INFINITY,
      }))
      .sort((a, b) => a.value - b.value),
  };
}
