import { isRecord, record, records, text, type Json } from '../json';
import type { FieldConfigJson } from '../types';
import { currentMappings } from './mappings';

type Override = FieldConfigJson['overrides'][number];

/** What a migration makes of a panel. */
export interface Migrated {
  type: string;
  options: Json;
  fieldConfig: FieldConfigJson;
  /** Put before the panel's own. */
  transformations?: Array<{ id: string; options: Json }>;
}

/** `fieldConfig` of a panel's JSON with what is no override left out. */
export function readFieldConfig(value: unknown): FieldConfigJson {
  const { defaults, overrides } = record(value);
  return {
    defaults: withCurrentMappings(record(defaults)),
    overrides: records(overrides).flatMap(override => {
      const matcher = record(override.matcher);
      const id = text(matcher.id);
      return id === undefined
        ? []
        : [
            {
              matcher: { id, options: matcher.options },
              properties: readProperties(override.properties),
            },
          ];
    }),
  };
}

function readProperties(value: unknown): Override['properties'] {
  return records(value).flatMap(property => {
    const id = text(property.id);
    return id === undefined
      ? []
      : [
          {
            id,
            value:
              id === 'mappings'
                ? currentMappings(property.value)
                : property.value,
          },
        ];
  });
}

function withCurrentMappings(defaults: Json): Json {
  return Array.isArray(defaults.mappings)
    ? { ...defaults, mappings: currentMappings(defaults.mappings) }
    : defaults;
}

/** An override for series whose name is this, or matches it when it is written as `/…/`. */
export function overrideFor(
  alias: string,
  properties: Json,
): Override | undefined {
  const entries = Object.entries(properties).filter(
    ([, value]) => value !== undefined,
  );
  if (entries.length === 0) {
    return undefined;
  }
  const regex = /^\/.*\/[a-z]*$/s.test(alias);
  return {
    matcher: { id: regex ? 'byRegexp' : 'byName', options: alias },
    properties: entries.map(([id, value]) => ({ id, value })),
  };
}

/** `aliasColors`: fixed colours by series. */
export function colorOverrides(aliasColors: unknown): Override[] {
  return isRecord(aliasColors)
    ? Object.entries(aliasColors).flatMap(([alias, color]) => {
        const override = overrideFor(alias, { color: fixedColor(color) });
        return override ? [override] : [];
      })
    : [];
}

export function fixedColor(color: unknown): Json | undefined {
  const name = text(color);
  return name === undefined ? undefined : { mode: 'fixed', fixedColor: name };
}
