import { defined, number, record, text, type Json } from '../json';
import type { Notices } from '../notices';
import type { Migrated } from './fieldConfig';
import { singlestatMappings } from './mappings';
import { currentReducer } from './reducers';
import { textThresholds } from './thresholds';

/** The singlestat panel of Grafana before 7: a stat, or a gauge. */
export function migrateSinglestat(
  panel: Json,
  notices: Notices,
  panelId: string,
): Migrated {
  const gauge = record(panel.gauge);
  const isGauge = gauge.show === true;
  const column = text(panel.tableColumn);
  if (text(panel.prefix) || text(panel.postfix)) {
    notices.approximated(
      'prefix',
      'Text before or after the value is left out.',
      panelId,
    );
  }
  const reduceOptions = {
    calcs: [currentReducer(text(panel.valueName) ?? 'avg')],
    fields: column
      ? `/^${column.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&')}$/`
      : '',
    values: false,
  };
  const fieldConfig = {
    defaults: defined({
      unit: text(panel.format),
      decimals: number(panel.decimals),
      min: isGauge ? number(gauge.minValue) ?? 0 : undefined,
      max: isGauge ? number(gauge.maxValue) ?? 100 : undefined,
      noValue: text(panel.nullText),
      mappings: singlestatMappings(panel),
      color: { mode: 'thresholds' },
      thresholds: {
        mode: 'absolute',
        steps: textThresholds(panel.thresholds, panel.colors),
      },
    }),
    overrides: [],
  };
  if (isGauge) {
    return {
      type: 'gauge',
      options: {
        reduceOptions,
        showThresholdMarkers: gauge.thresholdMarkers !== false,
        showThresholdLabels: gauge.thresholdLabels === true,
      },
      fieldConfig,
    };
  }
  const valueColor = panel.colorValue === true ? 'value' : 'none';
  return {
    type: 'stat',
    options: {
      reduceOptions,
      orientation: 'horizontal',
      textMode: panel.valueName === 'name' ? 'name' : 'value',
      colorMode: panel.colorBackground === true ? 'background' : valueColor,
      graphMode: record(panel.sparkline).show === true ? 'area' : 'none',
      justifyMode: 'auto',
    },
    fieldConfig,
  };
}
