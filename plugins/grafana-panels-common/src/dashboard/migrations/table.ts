import { defined, number, record, records, text, type Json } from '../json';
import type { FieldConfigJson } from '../types';
import { overrideFor, type Migrated } from './fieldConfig';
import { currentReducer } from './reducers';
import { textThresholds } from './thresholds';

const CELL_TYPES: Record<string, Json> = {
  cell: { type: 'color-background' },
  value: { type: 'color-text' },
  row: { type: 'color-background', applyToRow: true },
};

/** The table panel of Grafana before 7. */
export function migrateTable(panel: Json): Migrated {
  const styles = records(panel.styles);
  const isDefault = (style: Json) => style.pattern === '/.*/';
  const general = styles.find(isDefault);
  return {
    type: 'table',
    options: defined({ showHeader: true, sortBy: sortOf(panel) }),
    fieldConfig: {
      defaults: general ? columnDefaults(general) : { custom: {} },
      overrides: styles
        .filter(style => !isDefault(style))
        .flatMap(columnOverride),
    },
    transformations: transformationsOf(panel),
  };
}

function columnDefaults(style: Json): Json {
  return defined({
    unit: unitOf(style),
    decimals: number(style.decimals),
    thresholds: thresholdsOf(style),
    custom: defined({
      align: text(style.align),
      cellOptions: CELL_TYPES[String(style.colorMode)],
    }),
  });
}

function columnOverride(style: Json): FieldConfigJson['overrides'] {
  const pattern = text(style.pattern);
  if (pattern === undefined) {
    return [];
  }
  const url = style.link === true ? text(style.linkUrl) : undefined;
  const made = overrideFor(pattern, {
    displayName: text(style.alias),
    unit: unitOf(style),
    decimals: number(style.decimals),
    thresholds: thresholdsOf(style),
    'custom.align': text(style.align),
    'custom.hidden': style.type === 'hidden' ? true : undefined,
    'custom.cellOptions': CELL_TYPES[String(style.colorMode)],
    links: url && [
      {
        // `$__cell` was the value of the cell that is clicked.
        url: url.replace(/\$\{?__cell(?![\w])(:raw)?\}?/g, '${__value.raw}'),
        title: text(style.linkTooltip) ?? 'Open',
        targetBlank: style.linkTargetBlank === true,
      },
    ],
  });
  return made ? [made] : [];
}

function unitOf(style: Json): string | undefined {
  if (style.type === 'date') {
    return `time: ${text(style.dateFormat) ?? 'YYYY-MM-DD HH:mm:ss'}`;
  }
  return style.type === 'number' ? text(style.unit) : undefined;
}

function thresholdsOf(style: Json): Json | undefined {
  const list = Array.isArray(style.thresholds) ? style.thresholds : [];
  return list.length === 0
    ? undefined
    : {
        mode: 'absolute',
        steps: textThresholds(list.join(','), style.colors),
      };
}

function sortOf(panel: Json): Json[] | undefined {
  const { col, desc } = record(panel.sort);
  const column = records(panel.columns)[number(col) ?? -1];
  const name = column && text(column.text);
  return name ? [{ displayName: name, desc: desc === true }] : undefined;
}

function transformationsOf(panel: Json): Migrated['transformations'] {
  switch (panel.transform) {
    case 'timeseries_to_columns':
      return [{ id: 'joinByField', options: { byField: 'Time' } }];
    case 'timeseries_to_rows':
      return [{ id: 'seriesToRows', options: {} }];
    case 'timeseries_aggregations':
      return [
        {
          id: 'reduce',
          options: {
            includeTimeField: false,
            reducers: records(panel.columns)
              .map(column => text(column.value))
              .filter(value => value !== undefined)
              .map(currentReducer),
          },
        },
      ];
    case 'table':
      return [{ id: 'merge', options: {} }];
    default:
      return [];
  }
}
