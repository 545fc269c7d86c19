import { useMemo } from 'react';
import { useDashboardContext } from '../../data/live/DashboardDataProvider';
import type { ResolveUrl } from '../../panels';
import { portalLink } from './portalLink';

/**
 * Where links of the panels of the dashboard around this component lead.
 *
 * @param grafanaUrl - the dashboard, or a panel of it, in Grafana
 */
export function useResolveUrl(grafanaUrl: string | undefined): ResolveUrl {
  const { source, dashboard } = useDashboardContext();
  const { uid } = dashboard;
  return useMemo(
    () => url => {
      const target = portalLink(url, { source, uid, grafanaUrl });
      return target && { href: target.to, external: target.external };
    },
    [source, uid, grafanaUrl],
  );
}
