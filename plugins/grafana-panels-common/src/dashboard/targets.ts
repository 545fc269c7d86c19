import { mayBePrometheus, readDataSource } from './dataSources';
import { integer, records, text, type Json } from './json';
import type { Notices } from './notices';
import type { DataSourceUse, Target } from './types';

const FORMATS = new Set(['time_series', 'table', 'heatmap']);

/** The queries of a panel; those that aren't for a Prometheus stay and are answered with an error. */
export function readTargets(
  panel: Json,
  inherited: DataSourceUse | undefined,
  notices: Notices,
  panelId: string,
): Target[] {
  const used = new Set<string>();
  const targets = records(panel.targets);
  if (targets.some(({ exemplar }) => exemplar === true)) {
    notices.approximated('exemplars', 'Exemplars are not shown.', panelId);
  }
  return targets.map((target, index) => {
    const dataSource = readDataSource(target.datasource) ?? inherited;
    if (!mayBePrometheus(dataSource)) {
      notices.missing(
        'other-data-source',
        `A query asks ${
          dataSource?.type ?? dataSource?.uid
        }, not a Prometheus; open the panel in Grafana.`,
        panelId,
      );
    }
    const instant = target.instant === true;
    const format = text(target.format) ?? 'time_series';
    return {
      refId: refIdOf(text(target.refId), index, used),
      expr: text(target.expr) ?? '',
      dataSource,
      legendFormat: text(target.legendFormat),
      instant,
      range: instant ? target.range === true : true,
      format: (FORMATS.has(format)
        ? format
        : 'time_series') as Target['format'],
      interval: text(target.interval) ?? text(target.step),
      intervalFactor: integer(target.intervalFactor, { min: 1, max: 100 }) ?? 1,
      hide: target.hide === true,
    };
  });
}

/** A, B, …, Z, AA, …: every query needs one of its own. */
function refIdOf(
  given: string | undefined,
  index: number,
  used: Set<string>,
): string {
  let refId = given ?? letters(index);
  for (let next = 0; used.has(refId); next++) {
    refId = letters(next);
  }
  used.add(refId);
  return refId;
}

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
