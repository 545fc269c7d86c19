import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldConfigOptionsRegistry,
  identityOverrideProcessor,
  numberOverrideProcessor,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type FieldConfigPropertyItem,
  type FieldConfigSource,
} from '@grafana/data';

type Process = FieldConfigPropertyItem['process'];

/** The settings that fields of every panel have, and how a value of each is read. */
const STANDARD: Record<string, Process> = {
  displayName: (value, context) =>
    displayNameOverrideProcessor(value, context, { expandTemplateVars: true }),
  description: (value, context) =>
    stringOverrideProcessor(value, context, { expandTemplateVars: true }),
  noValue: (value, context) => stringOverrideProcessor(value, context),
  unit: (value, context) => unitOverrideProcessor(value, context),
  min: (value, context) => numberOverrideProcessor(value, context),
  max: (value, context) => numberOverrideProcessor(value, context),
  decimals: (value, context) => numberOverrideProcessor(value, context),
  fieldMinMax: (value, context) => booleanOverrideProcessor(value, context),
  filterable: (value, context) => booleanOverrideProcessor(value, context),
  thresholds: (value, context) => thresholdsOverrideProcessor(value, context),
  mappings: (value, context) => valueMappingsOverrideProcessor(value, context),
  links: (value, context) => dataLinksOverrideProcessor(value, context),
  color: value => identityOverrideProcessor(value),
};

/** Settings that only a panel's own type knows are taken as they are; each field gets a copy. */
const copied: Process = value =>
  typeof value === 'object' && value !== null
    ? JSON.parse(JSON.stringify(value))
    : value;

/** Every setting that a panel's field config names, so that Grafana's library applies all of them. */
export function registryFor(
  fieldConfig: FieldConfigSource,
): FieldConfigOptionsRegistry {
  const custom = new Set([
    ...Object.keys(fieldConfig.defaults.custom ?? {}).map(
      key => `custom.${key}`,
    ),
    ...fieldConfig.overrides.flatMap(({ properties }) =>
      properties.map(({ id }) => id).filter(id => id.startsWith('custom.')),
    ),
  ]);
  return new FieldConfigOptionsRegistry(() => [
    ...Object.entries(STANDARD).map(([id, process]) =>
      item(id, id, false, process),
    ),
    ...[...custom].map(id =>
      item(id, id.slice('custom.'.length), true, copied),
    ),
  ]);
}

function item(
  id: string,
  path: string,
  isCustom: boolean,
  process: Process,
): FieldConfigPropertyItem {
  return {
    id,
    path,
    name: id,
    isCustom,
    process,
    shouldApply: () => true,
    // Grafana's editors; here nothing is edited.
    editor: () => null,
    override: () => null,
  };
}
