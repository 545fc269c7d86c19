import { writeSettings, type DashboardSettings } from './url/settings';

/** Where the dashboards page is, as in its extension. */
const BASE = '/dashboards';

/** Addresses of our pages. */
export const dashboardLinks = {
  all: () => BASE,
  one: (
    ref: { source: string; uid: string },
    settings?: Partial<DashboardSettings>,
  ) => {
    const path = [BASE, ref.source, ref.uid]
      .map((part, index) => (index ? encodeURIComponent(part) : part))
      .join('/');
    const query = writeSettings(
      new URLSearchParams(),
      settings ?? {},
    ).toString();
    return query ? `${path}?${query}` : path;
  },
};
