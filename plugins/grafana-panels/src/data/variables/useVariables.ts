import { useCallback, useRef } from 'react';
import { useQueries, type QueryClient } from '@tanstack/react-query';
import {
  orderVariables,
  type DashboardNotice,
  type QueryVariable,
  type VariableOption,
} from '@llm-platform/plugin-grafana-panels-common';
import type { GrafanaPanelsApi } from '../api';
import { isFinal } from '../failures';
import {
  ancestorsOf,
  resolveChain,
  type Chain,
  type ChainInput,
} from './chain';
import { useUnchanged } from '../react/useUnchanged';
import { loadOptions } from './loadOptions';

/** Options that follow the time range are asked for once a minute, however often panels refresh. */
const OPTIONS_FOR_MS = 60_000;

/** Options that could not be read are asked for again, unless that can't help; who waits for them doesn't have to. */
const RETRY_MS = 15_000;

export interface VariablesInput extends ChainInput {
  api: GrafanaPanelsApi;
  client: QueryClient;
  source: string;
  /** Data sources are known, so that it can be asked. */
  enabled: boolean;
}

export interface LiveChain extends Chain {
  loading: ReadonlySet<string>;
  errors: ReadonlyMap<string, Error>;
  retry: (name: string) => void;
  notices: DashboardNotice[];
}

interface OptionsQuery {
  queryKey: readonly unknown[];
  queryFn: (context: { signal: AbortSignal }) => Promise<VariableOption[]>;
  staleTime: number;
}

/** Reads the options of a dashboard's variables, each after those that it depends on. */
export function useVariables(input: VariablesInput): LiveChain {
  const { client, enabled, variables } = input;
  const queried = variables.filter(
    (variable): variable is QueryVariable => variable.kind === 'query',
  );
  const results = useQueries(
    {
      queries: queried.map(variable => ({
        ...optionsQuery(input, variable),
        enabled,
        gcTime: OPTIONS_FOR_MS,
        refetchInterval: retryWhenFailed,
      })),
    },
    client,
  );

  // While options of another minute are read, or that fails, those of before are shown.
  const last = useRef(
    new Map<string, { of: string; options: VariableOption[] }>(),
  );
  const known = new Map(
    queried.map((variable, index) => {
      const { data, error } = results[index];
      const of = JSON.stringify(identityOf(input, variable));
      if (data) {
        last.current.set(variable.name, { of, options: data });
      }
      const before = last.current.get(variable.name);
      return [
        variable,
        {
          options: before?.of === of ? before.options : undefined,
          error: error ?? undefined,
        },
      ];
    }),
  );
  const { dataSources, range, repeats, timeZone } = input;
  const selection = JSON.stringify(input.selection);
  const chain = useUnchanged(
    () => resolveChain(input, variable => known.get(variable) ?? {}),
    [
      variables,
      dataSources,
      range.from,
      range.to,
      repeats,
      timeZone,
      selection,
      ...[...known.values()].flatMap(({ options, error }) => [options, error]),
    ],
  );

  const names = queried.map(({ name }) => name);
  const latest = useRef({ names, results });
  latest.current = { names, results };
  const retry = useCallback((name: string) => {
    // Others may have failed only because they depend on it.
    latest.current.results.forEach((result, index) => {
      if (result.error || latest.current.names[index] === name) {
        void result.refetch();
      }
    });
  }, []);

  return useUnchanged(
    () => ({
      ...chain,
      loading: new Set(
        names.filter((_, index) => enabled && results[index].isFetching),
      ),
      errors: new Map(
        names.flatMap((name, index) => {
          const { error } = results[index];
          return error ? [[name, error] as const] : [];
        }),
      ),
      retry,
      notices: circleNotices(orderVariables(variables).circular),
    }),
    [
      chain,
      enabled,
      retry,
      ...results.flatMap(({ isFetching, error }) => [isFetching, error]),
    ],
  );
}

function retryWhenFailed(query: { state: { status: string; error: unknown } }) {
  const { status, error } = query.state;
  return status === 'error' && !isFinal(error) ? RETRY_MS : false;
}

function circleNotices(circular: string[]): DashboardNotice[] {
  return circular.length === 0
    ? []
    : [
        {
          code: 'circular-variables',
          severity: 'error',
          message: `The variables ${circular.join(
            ', ',
          )} depend on each other in a circle; correct it in the dashboard.`,
        },
      ];
}

function identityOf(input: VariablesInput, variable: QueryVariable) {
  const { source, selection, dataSources } = input;
  return [
    source,
    variable,
    dataSources.map(({ uid }) => uid),
    ancestorsOf(variable, input.variables).map(ancestor => [
      ancestor,
      Object.hasOwn(selection, ancestor.name)
        ? selection[ancestor.name]
        : undefined,
    ]),
  ];
}

function optionsQuery(
  input: VariablesInput,
  variable: QueryVariable,
): OptionsQuery {
  const { api, client, source, dataSources } = input;
  const minute = (time: number) =>
    Math.floor(time / OPTIONS_FOR_MS) * OPTIONS_FOR_MS;
  const range = { from: minute(input.range.from), to: minute(input.range.to) };
  const ancestors = ancestorsOf(variable, input.variables);
  const followsRange = [variable, ...ancestors].some(
    other => other.kind === 'query' && other.refreshOnTimeRange,
  );
  return {
    queryKey: [
      'grafana-panels',
      'options',
      ...identityOf(input, variable),
      followsRange ? range : 'once',
    ],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const options = new Map<string, VariableOption[]>();
      if (!ancestors.includes(variable)) {
        await Promise.all(
          ancestors.map(async ancestor => {
            if (ancestor.kind === 'query') {
              options.set(
                ancestor.name,
                // A circle would wait for itself.
                ancestorsOf(ancestor, input.variables).includes(ancestor)
                  ? []
                  : await client.fetchQuery(optionsQuery(input, ancestor)),
              );
            }
          }),
        );
      }
      const { scope } = resolveChain(
        { ...input, variables: ancestors },
        ancestor => ({ options: options.get(ancestor.name) ?? [] }),
      );
      return loadOptions(
        variable,
        scope,
        {
          api,
          source,
          dataSources,
          range: { ...range, to: range.to + OPTIONS_FOR_MS },
        },
        signal,
      );
    },
  };
}
