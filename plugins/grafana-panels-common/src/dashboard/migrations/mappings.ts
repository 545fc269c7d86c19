import { number, record, records, text, type Json } from '../json';

/** Mappings with numbers for types are from before Grafana 8; both forms become today's. */
export function currentMappings(value: unknown): Json[] {
  return records(value).flatMap((mapping, index) => {
    if (typeof mapping.type === 'string') {
      return [mapping];
    }
    return (mapping.type ?? 1) === 2
      ? rangeMapping(mapping, index)
      : valueMapping(mapping, index);
  });
}

/** `valueMaps` and `rangeMaps` of a singlestat panel; `mappingType` says which count. */
export function singlestatMappings(panel: Json): Json[] {
  return Number(panel.mappingType) === 2
    ? records(panel.rangeMaps).flatMap(rangeMapping)
    : records(panel.valueMaps).flatMap(valueMapping);
}

function valueMapping(mapping: Json, index: number): Json[] {
  const value = text(mapping.value);
  if (value === undefined) {
    return [];
  }
  const result = resultOf(mapping, index);
  return value === 'null'
    ? [{ type: 'special', options: { match: 'null', result } }]
    : [{ type: 'value', options: { [value]: result } }];
}

function rangeMapping(mapping: Json, index: number): Json[] {
  const result = resultOf(mapping, index);
  const bounds = record(mapping);
  if (bounds.from === 'null' && bounds.to === 'null') {
    return [{ type: 'special', options: { match: 'null', result } }];
  }
  return [
    {
      type: 'range',
      options: {
        from: number(bounds.from) ?? null,
        to: number(bounds.to) ?? null,
        result,
      },
    },
  ];
}

function resultOf(mapping: Json, index: number): Json {
  return { text: text(mapping.text), color: text(mapping.color), index };
}
