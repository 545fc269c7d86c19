import {
  defined,
  isRecord,
  number,
  record,
  records,
  text,
  type Json,
} from '../json';
import type { FieldConfigJson } from '../types';
import { readFieldConfig, type Migrated } from './fieldConfig';
import { currentMappings } from './mappings';
import { currentReducer } from './reducers';

/** Stat, gauge and bar gauge of Grafana 6 have the fields' settings inside `options`. */
export function migrateFieldOptions(panel: Json): Migrated {
  const options = record(panel.options);
  const { fieldOptions, valueOptions, thresholds, valueMappings, ...rest } =
    options;
  const old = record(fieldOptions);
  const values = record(valueOptions);
  const given = record(old.defaults);
  const steps = stepsOf(given.thresholds ?? old.thresholds ?? thresholds);
  const defaults = defined({
    ...given,
    title: undefined,
    displayName: text(given.displayName) ?? text(given.title),
    unit: text(given.unit) ?? text(values.unit),
    decimals: number(given.decimals) ?? number(values.decimals),
    min: number(given.min) ?? number(options.minValue),
    max: number(given.max) ?? number(options.maxValue),
    mappings: currentMappings(
      given.mappings ?? old.mappings ?? valueMappings ?? [],
    ),
    color: given.color ?? { mode: 'thresholds' },
    thresholds: steps && { mode: 'absolute', ...steps },
  });
  const calcs = Array.isArray(old.calcs) ? old.calcs : [values.stat];
  const own = readFieldConfig(panel.fieldConfig);
  const fieldConfig: FieldConfigJson = {
    defaults: { ...defaults, ...own.defaults },
    overrides: [
      ...own.overrides,
      ...readFieldConfig({ overrides: old.overrides }).overrides,
    ],
  };
  return {
    type: String(panel.type),
    options: {
      ...rest,
      reduceOptions: {
        calcs: calcs.map(calc => currentReducer(text(calc) ?? 'lastNotNull')),
        values: old.values === true,
        fields: text(old.fields) ?? '',
        ...record(rest.reduceOptions),
      },
    },
    fieldConfig,
  };
}

/** Whether the panel was saved by such a version. */
export function hasFieldOptions(panel: Json): boolean {
  const options = record(panel.options);
  return isRecord(options.fieldOptions) || isRecord(options.valueOptions);
}

/** A list of steps, or an object with its mode around it. */
function stepsOf(thresholds: unknown): Json | undefined {
  if (Array.isArray(thresholds)) {
    return {
      steps: records(thresholds).map((step, index) => ({
        value: index === 0 ? null : number(step.value) ?? null,
        color: text(step.color) ?? 'green',
      })),
    };
  }
  return isRecord(thresholds) ? thresholds : undefined;
}
