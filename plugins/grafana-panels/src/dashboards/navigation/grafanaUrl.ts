import type { DashboardSettings } from '../url';
import { writeSettings } from '../url/settings';

/** A dashboard in Grafana with what the reader sees here: time, variables, the panel. */
export function grafanaUrl(
  url: string,
  settings: Pick<DashboardSettings, 'from' | 'to' | 'variables' | 'viewPanel'>,
): string {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const query = at < 0 ? '' : url.slice(at + 1);
  const { from, to, variables, viewPanel } = settings;
  const params = writeSettings(new URLSearchParams(query), {
    variables,
    ...(from && to && { from, to }),
    ...(viewPanel && { viewPanel }),
  });
  return params.size ? `${path}?${params}` : path;
}
