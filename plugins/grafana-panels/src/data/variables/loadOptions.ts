import { toError } from '@backstage/errors';
import {
  interpolatePromql,
  interpolateText,
  optionsFromValues,
  parseVariableQuery,
  seriesText,
  type QueryVariable,
  type VariableOption,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';
import type { GrafanaPanelsApi } from '../api';
import { errorOfQuery, FinalError } from '../failures';
import { pointsOf } from '../frames';
import { resolveDataSource, type KnownDataSource } from '../sources';
import type { TimeRangeMs } from '../types';

/** Where and when options are asked for. */
export interface OptionsContext {
  api: GrafanaPanelsApi;
  source: string;
  dataSources: readonly KnownDataSource[];
  range: TimeRangeMs;
}

/**
 * The options of a query variable.
 *
 * @param scope - the variables that it depends on
 * @throws Error that says what is wrong with the variable or its data source
 */
export async function loadOptions(
  variable: QueryVariable,
  scope: VariableScope,
  context: OptionsContext,
  signal?: AbortSignal,
): Promise<VariableOption[]> {
  const values = await loadValues(variable, scope, context, signal);
  return withPattern(() =>
    optionsFromValues(values, {
      regex: variable.regex && interpolateText(variable.regex, scope, 'regex'),
      sort: variable.sort,
    }),
  );
}

/** What is made of an answer fails again with the next one: the pattern is wrong. */
function withPattern<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new FinalError(toError(error).message);
  }
}

async function loadValues(
  variable: QueryVariable,
  scope: VariableScope,
  context: OptionsContext,
  signal?: AbortSignal,
): Promise<string[]> {
  const query = parseVariableQuery(interpolatePromql(variable.query, scope));
  if (!query) {
    return [];
  }
  const resolved = resolveDataSource(
    variable.dataSource,
    scope,
    context.source,
    context.dataSources,
  );
  if ('error' in resolved) {
    throw new FinalError(resolved.error.message);
  }
  const { api, range } = context;
  const base = { dataSource: resolved.ref, ...range };
  switch (query.kind) {
    case 'label-values': {
      const match = query.selector === undefined ? [] : [query.selector];
      const { values } = await api.labels(
        { ...base, kind: 'values', label: query.label, match },
        { signal },
      );
      return values;
    }
    case 'label-names': {
      const match = query.selector === undefined ? [] : [query.selector];
      const { values } = await api.labels(
        { ...base, kind: 'names', match },
        { signal },
      );
      return values;
    }
    case 'metrics': {
      const { values } = await api.labels(
        { ...base, kind: 'metrics' },
        { signal },
      );
      return withPattern(() => {
        const regex = new RegExp(query.regex);
        return values.filter(name => regex.test(name));
      });
    }
    case 'query-result':
      return queryResult(query.expr, context, base, signal);
    default: {
      const { series = [] } = await api.labels(
        { ...base, kind: 'series', match: [query.selector] },
        { signal },
      );
      return series.map(seriesText);
    }
  }
}

/** Series with value and time, as the variables' filters know them: `up{job="a"} 1 1700000000000`. */
async function queryResult(
  expr: string,
  context: OptionsContext,
  base: Omit<Parameters<GrafanaPanelsApi['query']>[0], 'queries'>,
  signal?: AbortSignal,
): Promise<string[]> {
  const { results } = await context.api.query(
    {
      ...base,
      queries: [{ refId: 'A', expr, instant: true, stepSeconds: 15 }],
    },
    { signal },
  );
  const [result] = results;
  if (result?.error) {
    throw errorOfQuery(result.error);
  }
  return (result?.series ?? []).map(series => {
    const { times, values } = pointsOf(series);
    const last = times.length - 1;
    return `${seriesText(series.labels)} ${values[last]} ${times[last]}`;
  });
}
