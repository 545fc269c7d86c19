import type { DashboardSummary } from '@llm-platform/plugin-grafana-panels-common';

export interface DashboardsFilter {
  text: string;
  tags: string[];
  source: string;
}

/** All that have every word, every tag and the source; by title. */
export function selectDashboards(
  dashboards: readonly DashboardSummary[],
  filter: DashboardsFilter,
): DashboardSummary[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return dashboards
    .filter(dashboard => {
      const { title, folder = '', tags, source, uid } = dashboard;
      const text = [title, folder, uid, ...tags].join('\n').toLowerCase();
      return (
        words.every(word => text.includes(word)) &&
        filter.tags.every(tag => tags.includes(tag)) &&
        (!filter.source || source === filter.source)
      );
    })
    .sort(
      (a, b) =>
        a.title.localeCompare(b.title) ||
        a.source.localeCompare(b.source) ||
        a.uid.localeCompare(b.uid),
    );
}

/** Tags with how many dashboards have them, the most frequent first. */
export function countTags(
  dashboards: readonly DashboardSummary[],
): Array<{ tag: string; count: number }> {
  const counts = new Map<string, number>();
  for (const tag of dashboards.flatMap(({ tags }) => [...new Set(tags)])) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
}

/** `files` come with the portal; every other source is a Grafana. */
export function sourceTitle(source: string): string {
  return source === 'files' ? 'Portal' : source;
}
