import type { ClusterFacts } from './facts';
import { GoldenResult, rowsOf } from './result';

const row = rowsOf('dashboards');

/** What Grafana has mounted as dashboards is there, and each is one. */
export function judgeDashboards(facts: ClusterFacts): GoldenResult[] {
  const grafana = facts.deployments.find(
    ({ metadata }) =>
      metadata?.namespace === 'observability' && metadata?.name === 'grafana',
  );
  const name = grafana?.spec?.template.spec?.volumes?.find(
    volume => volume.name === 'dashboards',
  )?.configMap?.name;
  const found = facts.configMaps.find(c => c.metadata?.name === name);
  if (name === undefined || !found) {
    return [
      row(
        'Dashboards',
        false,
        name === undefined
          ? 'Grafana mounts none'
          : `The ConfigMap ${name} is not there (incident 6): apply the platform again`,
      ),
    ];
  }
  const files = Object.entries(found.data ?? {});
  return files.length === 0
    ? [row('Dashboards', false, `The ConfigMap ${name} is empty`)]
    : files.map(([file, text]) => {
        const panels = panelsOf(text);
        return row(
          `Dashboard ${file}`,
          panels > 0,
          panels > 0 ? `${panels} panels` : 'This is no dashboard with panels',
        );
      });
}

function panelsOf(text: string): number {
  try {
    const { panels } = JSON.parse(text) as { panels?: unknown[] };
    return Array.isArray(panels) ? panels.length : 0;
  } catch {
    return 0;
  }
}
