import {
  applyFieldOverrides,
  type DataFrame,
  type FieldConfigSource,
  type GrafanaTheme2,
} from '@grafana/data';
import type { VariableScope } from '@llm-platform/plugin-grafana-panels-common';
import { registryFor } from './registry';
import { replaceVariablesIn } from './replaceVariables';

/** Frames whose fields know their unit, colour, thresholds, mappings, links and how their values are written. */
export function applyFields(
  frames: DataFrame[],
  options: {
    fieldConfig: FieldConfigSource;
    scope: VariableScope;
    theme: GrafanaTheme2;
    timeZone: string;
  },
): DataFrame[] {
  const { fieldConfig, scope, theme, timeZone } = options;
  return applyFieldOverrides({
    data: frames,
    fieldConfig,
    fieldConfigRegistry: registryFor(fieldConfig),
    replaceVariables: replaceVariablesIn(scope),
    theme,
    timeZone,
  });
}
