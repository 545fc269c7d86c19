import { isRecord, record, records, type Json } from '../json';
import type { Notices } from '../notices';
import { readFieldConfig, type Migrated } from './fieldConfig';
import { hasFieldOptions, migrateFieldOptions } from './fieldOptions';
import { migrateGraph } from './graph';
import { migrateHeatmap } from './heatmap';
import { migratePie } from './pie';
import { migrateSinglestat } from './singlestat';
import { migrateTable } from './table';

/** A panel's type, options and field config in today's form. */
export function migratePanel(
  panel: Json,
  type: string,
  notices: Notices,
  panelId: string,
): Migrated {
  switch (type) {
    case 'graph':
      return migrateGraph(panel, notices, panelId);
    case 'singlestat':
    case 'grafana-singlestat-panel':
      return migrateSinglestat(panel, notices, panelId);
    case 'table-old':
      return migrateTable(panel);
    case 'grafana-piechart-panel':
      return migratePie(panel);
    default:
  }
  if (type === 'table' && records(panel.styles).length > 0) {
    return migrateTable(panel);
  }
  if (type === 'heatmap' && (panel.dataFormat || isRecord(panel.yAxis))) {
    return migrateHeatmap(panel);
  }
  if (type === 'text' && typeof panel.content === 'string') {
    const { content, mode = 'markdown' } = panel;
    return {
      type,
      options: { content, mode },
      fieldConfig: readFieldConfig(undefined),
    };
  }
  if (hasFieldOptions(panel)) {
    return migrateFieldOptions(panel);
  }
  return {
    type,
    options: record(panel.options),
    fieldConfig: readFieldConfig(panel.fieldConfig),
  };
}
