import {
  interpolateText,
  optionsFromValues,
  type Variable,
  type VariableOption,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';
import type { KnownDataSource } from '../sources';

/** Options that need no question to a Prometheus; undefined for those that do. */
export function staticOptions(
  variable: Variable,
  scope: VariableScope,
  dataSources: readonly KnownDataSource[],
): VariableOption[] | undefined {
  switch (variable.kind) {
    case 'query':
      return undefined;
    case 'custom':
      return variable.options.map(({ text, value }) => ({
        text: interpolateText(text, scope),
        value: interpolateText(value, scope, 'csv'),
      }));
    case 'datasource': {
      const { regex } = variable;
      const titles = dataSources.map(({ title }) => title);
      const kept = regex
        ? new Set(
            optionsFromValues(titles, {
              regex: interpolateText(regex, scope, 'regex'),
              sort: 'none',
            }).map(({ value }) => value),
          )
        : undefined;
      return dataSources
        .filter(({ title }) => !kept || kept.has(title))
        .map(({ title, uid }) => ({ text: title, value: uid }));
    }
    default:
      return [];
  }
}
