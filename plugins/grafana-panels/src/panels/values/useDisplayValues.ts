import { useMemo } from 'react';
import {
  getFieldDisplayValues,
  type FieldDisplay,
  type ReduceDataOptions,
  type ScopedVars,
} from '@grafana/data';
import type { PanelProps } from '../types';

const DEFAULTS: ReduceDataOptions = {
  calcs: ['lastNotNull'],
  fields: '',
  values: false,
};

/** `options.reduceOptions` of a panel, whatever it leaves out. */
function reduceOptionsOf(options: Record<string, unknown>): ReduceDataOptions {
  const given = (options.reduceOptions ?? {}) as Partial<ReduceDataOptions>;
  return {
    ...DEFAULTS,
    ...given,
    calcs: given.calcs?.length ? given.calcs : DEFAULTS.calcs,
  };
}

/** The figures of stats, gauges and pies: one per series, or one per row of a table. */
export function useDisplayValues(
  props: Pick<PanelProps, 'options' | 'fieldConfig' | 'theme' | 'timeZone'> & {
    data: Pick<PanelProps['data'], 'frames'>;
  },
  extras: { sparkline?: boolean; percentChange?: boolean } = {},
): FieldDisplay[] {
  const { options, fieldConfig, theme, timeZone } = props;
  const { frames } = props.data;
  const { sparkline, percentChange } = extras;
  return useMemo(
    () =>
      getFieldDisplayValues({
        data: frames,
        reduceOptions: reduceOptionsOf(options),
        fieldConfig,
        replaceVariables: replaceScoped,
        theme,
        timeZone,
        sparkline,
        percentChange,
      }),
    [frames, options, fieldConfig, theme, timeZone, sparkline, percentChange],
  );
}

/**
 * Names of the form `${__series.name}`, `${__field.labels.pod}`, `${__cell_1}`: what only is known while a figure is
 * computed. The dashboard's variables have been replaced before.
 */
function replaceScoped(text: string | undefined, scope?: ScopedVars): string {
  return (text ?? '').replace(
    /\$\{(__[\w.]+(?:\.[^}]*)?)\}|\$(__\w+)/g,
    (whole, braced: string | undefined, plain: string | undefined) => {
      const path = (braced ?? plain ?? '').split('.');
      let value: unknown = scope?.[path[0]]?.value;
      for (const part of path.slice(1)) {
        value =
          value !== null && typeof value === 'object'
            ? (value as Record<string, unknown>)[part]
            : undefined;
      }
      return value === undefined || typeof value === 'object'
        ? whole
        : String(value);
    },
  );
}
