import { textUtil } from '@grafana/data';
import { dashboardLinks } from '../links';

/** Grafana's address of a dashboard: `/d/<uid>/<anything>`, in front of it the path that Grafana lies under. */
const DASHBOARD = /^(?:\/(?!\/)[^?#]*)?\/d\/([^/?#]+)(?:\/[^?#]*)?(\?[^#]*)?$/;

export interface ResolvedLink {
  /** An address of the portal, or one that leads out of it. */
  to: string;
  external: boolean;
}

/**
 * Where a link of a dashboard leads: a dashboard of the same source stays in the portal, everything else is an address;
 * what could run a script is none.
 */
export function portalLink(
  url: string,
  options: { source: string; grafanaUrl?: string },
): ResolvedLink | undefined {
  const base = options.grafanaUrl && originOf(options.grafanaUrl);
  const trimmed = url.trim();
  const path =
    base && trimmed.startsWith(base) ? trimmed.slice(base.length) : trimmed;
  const match = DASHBOARD.exec(path);
  if (match) {
    const [, uid, query = ''] = match;
    return {
      to: `${dashboardLinks.one({
        source: options.source,
        uid: decode(uid),
      })}${query}`,
      external: false,
    };
  }
  if (/^https?:\/\//i.test(trimmed)) {
    const safe = textUtil.sanitizeUrl(trimmed);
    return safe === 'about:blank' ? undefined : { to: safe, external: true };
  }
  // Other paths are pages of that Grafana.
  return trimmed.startsWith('/') && !trimmed.startsWith('//') && base
    ? { to: `${base}${trimmed}`, external: true }
    : undefined;
}

function originOf(url: string): string | undefined {
  try {
    return new URL(url).origin;
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
