import { records, text, texts } from './json';
import type { DashboardLink } from './types';

/** Links of a dashboard or a panel, old and new. */
export function readLinks(value: unknown): DashboardLink[] {
  return records(value).map(link => ({
    title: text(link.title) ?? text(link.url) ?? 'Link',
    kind: link.type === 'dashboards' ? 'dashboards' : 'link',
    url: text(link.url),
    tags: texts(link.tags),
    tooltip: text(link.tooltip),
    newTab: link.targetBlank === true,
    keepTime: link.keepTime === true,
    includeVariables: link.includeVars === true,
  }));
}
