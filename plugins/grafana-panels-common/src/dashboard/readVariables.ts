import {
  ALL_VALUE,
  AUTO_INTERVAL,
  type Variable,
  type VariableOption,
  type VariableSort,
} from '../variables/types';
import { readDataSource } from './dataSources';
import { integer, isRecord, record, records, text, type Json } from './json';
import { DASHBOARD_LIMITS } from './limits';
import type { Notices } from './notices';

/** Grafana's numbers for the order of options. */
const SORTS: VariableSort[] = [
  'none',
  'alphabetical',
  'alphabetical-desc',
  'numerical',
  'numerical-desc',
  'alphabetical-insensitive',
  'alphabetical-insensitive-desc',
  'natural',
  'natural-desc',
];

const HIDES = ['nothing', 'label', 'variable'] as const;

/** `templating` of a dashboard. */
export function readVariables(value: unknown, notices: Notices): Variable[] {
  const read = new Map<string, Variable>();
  for (const json of records(record(value).list)) {
    const name = text(json.name);
    if (name === undefined || !/^\w+$/.test(name)) {
      notices.missing(
        'variable-name',
        `A variable has the name ${JSON.stringify(
          json.name,
        )}, which nothing can refer to; it is left out.`,
      );
    } else if (read.has(name)) {
      notices.missing(
        'variable-duplicate',
        `Two variables are named ${name}; the first one counts.`,
      );
    } else if (read.size === DASHBOARD_LIMITS.variables) {
      notices.missing(
        'too-many-variables',
        `Only the first ${DASHBOARD_LIMITS.variables} variables count.`,
      );
      break;
    } else {
      read.set(name, readVariable(name, json, notices));
    }
  }
  return [...read.values()];
}

function readVariable(name: string, json: Json, notices: Notices): Variable {
  const base = {
    name,
    label: text(json.label),
    description: text(json.description),
    hide: HIDES[integer(json.hide, { min: 0, max: 2 }) ?? 0],
  };
  const type = text(json.type) ?? 'query';
  switch (type) {
    case 'query':
      return {
        ...base,
        ...readChoice(json),
        kind: 'query',
        query: queryOf(json),
        dataSource: readDataSource(json.datasource),
        regex: text(json.regex),
        sort: sortOf(json.sort),
        refreshOnTimeRange: json.refresh === 2,
      };
    case 'custom':
      return {
        ...base,
        ...readChoice(json),
        kind: 'custom',
        options: customOptions(json),
      };
    case 'datasource':
      return {
        ...base,
        ...readChoice(json),
        kind: 'datasource',
        pluginType: text(json.query) ?? 'prometheus',
        regex: text(json.regex),
      };
    case 'interval':
      return {
        ...base,
        kind: 'interval',
        intervals: splitList(text(json.query) ?? '')
          .map(interval => interval.replace(/^["']|["']$/g, ''))
          .filter(interval => interval !== 'auto'),
        auto:
          json.auto === true
            ? {
                count: integer(json.auto_count, { min: 1, max: 1_000 }) ?? 30,
                min: text(json.auto_min) ?? '10s',
              }
            : undefined,
        // Grafana writes `$__auto_interval_NAME` for the choice of auto.
        current: currentOf(json).map(value =>
          value.startsWith(AUTO_INTERVAL) ? AUTO_INTERVAL : value,
        ),
      };
    case 'constant':
      return {
        ...base,
        kind: 'constant',
        value: text(json.query) ?? currentOf(json)[0] ?? '',
      };
    case 'textbox': {
      const [current = text(json.query) ?? ''] = currentOf(json);
      return { ...base, kind: 'textbox', current: [current] };
    }
    case 'switch': {
      const enabledValue = text(json.enabledValue) ?? 'true';
      const disabledValue = text(json.disabledValue) ?? 'false';
      const [current = disabledValue] = currentOf(json);
      return {
        ...base,
        kind: 'switch',
        enabledValue,
        disabledValue,
        current: [current],
      };
    }
    default:
      notices.missing(
        'variable-not-supported',
        `The variable ${name} is of type ${type}, which the portal doesn't have: nothing is filtered by it.`,
      );
      return { ...base, kind: 'unsupported', type };
  }
}

function readChoice(json: Json) {
  const includeAll = json.includeAll === true;
  const allValue = text(json.allValue);
  return {
    multi: json.multi === true,
    includeAll,
    allValue: includeAll ? allValue : undefined,
    allowCustomValue: json.allowCustomValue !== false,
    current: currentOf(json).map(value =>
      includeAll && allValue !== undefined && value === allValue
        ? ALL_VALUE
        : value,
    ),
  };
}

function currentOf(json: Json): string[] {
  const current = isRecord(json.current) ? json.current.value : json.current;
  const list = Array.isArray(current) ? current : [current];
  return list
    .filter(value => ['string', 'number', 'boolean'].includes(typeof value))
    .map(String);
}

/** A query is a text; newer dashboards have an object around it, or only its parts. */
function queryOf(json: Json): string {
  const query = json.query;
  if (!isRecord(query)) {
    return text(query) ?? text(json.definition) ?? '';
  }
  const written = text(query.query) ?? text(query.expr);
  if (written !== undefined) {
    return written;
  }
  const label = text(query.label);
  if (label !== undefined) {
    const filters = records(query.labelFilters).map(
      ({ label: key, op, value }) =>
        `${key}${op ?? '='}${JSON.stringify(String(value ?? ''))}`,
    );
    const metric = text(query.metric) ?? '';
    const selector = filters.length
      ? `${metric}{${filters.join(',')}}`
      : metric;
    return `label_values(${selector ? `${selector}, ` : ''}${label})`;
  }
  return text(json.definition) ?? '';
}

/** `a, b, shown : value`; a backslash before a comma makes it part of the value. */
function customOptions(json: Json): VariableOption[] {
  const query = text(json.query);
  if (query === undefined) {
    return records(json.options)
      .map(option => ({
        text: text(option.text) ?? text(option.value) ?? '',
        value: text(option.value) ?? '',
      }))
      .filter(option => option.value !== ALL_VALUE);
  }
  if (json.valuesFormat === 'json') {
    return jsonOptions(query);
  }
  return splitList(query).map(entry => {
    const pair = /^(?<shown>.+)\s:\s(?<value>.+)$/s.exec(entry)?.groups;
    return pair
      ? { text: pair.shown.trim(), value: pair.value.trim() }
      : { text: entry, value: entry };
  });
}

function jsonOptions(query: string): VariableOption[] {
  try {
    const list: unknown = JSON.parse(query);
    return (Array.isArray(list) ? list : []).map(entry => {
      const option = record(entry);
      const value = text(option.value) ?? text(entry) ?? '';
      return { text: text(option.text) ?? value, value };
    });
  } catch {
    return [];
  }
}

function splitList(list: string): string[] {
  return (list.match(/(?:\\,|[^,])+/g) ?? [])
    .map(entry => entry.replaceAll('\\,', ',').trim())
    .filter(entry => entry !== '');
}

function sortOf(value: unknown): VariableSort {
  return SORTS[integer(value, { min: 0, max: SORTS.length - 1 }) ?? 0];
}
