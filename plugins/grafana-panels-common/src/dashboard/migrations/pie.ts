import { defined, number, record, text, type Json } from '../json';
import { colorOverrides, type Migrated } from './fieldConfig';
import { currentReducer } from './reducers';

/** The pie chart that was a plugin of its own before Grafana 8. */
export function migratePie(panel: Json): Migrated {
  const legend = record(panel.legend);
  const placement = panel.legendType === 'Right side' ? 'right' : 'bottom';
  return {
    type: 'piechart',
    options: {
      pieType: panel.pieType === 'donut' ? 'donut' : 'pie',
      reduceOptions: {
        calcs: [currentReducer(text(panel.valueName) ?? 'current')],
        values: false,
      },
      displayLabels: panel.legendType === 'On graph' ? ['name'] : [],
      legend: {
        showLegend: legend.show !== false && panel.legendType !== 'On graph',
        displayMode: legend.values === true ? 'table' : 'list',
        placement,
        values: [
          ...(legend.values === true ? ['value'] : []),
          ...(legend.percentage === true ? ['percent'] : []),
        ],
      },
    },
    fieldConfig: {
      defaults: defined({
        unit: text(panel.format) ?? 'short',
        decimals: number(panel.decimals) ?? number(legend.percentageDecimals),
        color: { mode: 'palette-classic' },
      }),
      overrides: colorOverrides(panel.aliasColors),
    },
  };
}
