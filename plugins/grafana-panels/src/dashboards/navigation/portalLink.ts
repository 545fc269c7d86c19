import { textUtil } from '@grafana/data';
import { dashboardLinks } from '../links';

/** Grafana's address of a dashboard: `/d/<uid>/<anything>`, in front of it the path that Grafana lies under. */
const DASHBOARD = /^(?:\/(?!\/)[^?#]*)?\/d\/([^/?#]+)(?:\/[^?#]*)?(\?[^#]*)?$/;

export interface ResolvedLink {
  /** An address of the portal, or one that leads out of it. */
  to: string;
  external: boolean;
}

export interface LinkPlace {
  /** `files`, or the id of a Grafana instance. */
  source: string;
  /** The dashboard that has the link. */
  uid?: string;
  /** That dashboard, or a panel of it, in Grafana. */
  grafanaUrl?: string;
}

/**
 * Where a link of a dashboard leads: a dashboard of the same source stays in the portal, everything else is an address;
 * what could run a script is none.
 */
export function portalLink(
  url: string,
  options: LinkPlace,
): ResolvedLink | undefined {
  const base = options.grafanaUrl && originOf(options.grafanaUrl);
  // Grafana's own paths may be written without their first slash.
  const trimmed = url.trim().replace(/^(?=d\/)/, '/');
  // The same dashboard with other choices.
  if (trimmed.startsWith('?') && options.uid) {
    const { source, uid } = options;
    return {
      to: `${dashboardLinks.one({ source, uid })}${trimmed}`,
      external: false,
    };
  }
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
  if (/^(https?:\/\/|mailto:)/i.test(trimmed)) {
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
