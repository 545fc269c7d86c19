import type { FieldConfigSource, GrafanaTheme2 } from '@grafana/data';
import type { PanelData, TimeRangeMs } from '../data/types';

/**
 * Where a link of the dashboard's author leads: an address of the portal, or one out of it. Undefined: nowhere, it is shown
 * as text. Authors write addresses of their Grafana (`/d/gpu?var-node=a`), and labels of metrics come into them.
 */
export type ResolveUrl = (
  url: string,
) => { href: string; external: boolean } | undefined;

/** What the dashboards' page, an entity tab or a card gives to any panel. */
export interface PanelProps {
  id: number | string;
  /** Grafana's name of the type: `timeseries`, `stat`, … */
  type: string;
  title: string;
  /** `options` of the panel's JSON, as they are. */
  options: Record<string, unknown>;
  fieldConfig: FieldConfigSource;
  data: PanelData;
  /** Pixels of the plot, without the panel's frame and title. */
  width: number;
  height: number;
  theme: GrafanaTheme2;
  /** IANA name or `browser`. */
  timeZone: string;
  /** Panels of one dashboard share the cursor when they have the same key. */
  crosshairKey?: string;
  /** The data as a table instead of the picture; without it the panel has a switch of its own for the keyboard. */
  asTable?: boolean;
  /** The panel in Grafana, for what can't be drawn here. */
  externalUrl?: string;
  /** Without it, addresses of the web are links as they are. */
  resolveUrl?: ResolveUrl;
  /** A range was selected by dragging. */
  onZoom?: (range: TimeRangeMs) => void;
}
