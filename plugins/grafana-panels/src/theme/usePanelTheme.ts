import { useMemo, useSyncExternalStore } from 'react';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  createPanelTheme,
  DEFAULT_TOKENS,
  type PanelTokens,
} from './createPanelTheme';

/** Where Backstage writes whether the page is light or dark. */
const MODE_ATTRIBUTE = 'data-theme-mode';

const VARIABLES: Record<keyof PanelTokens, string> = {
  surface: '--bui-bg-neutral-1',
  app: '--bui-bg-app',
  raised: '--bui-bg-neutral-2',
  border: '--bui-border-1',
  strongBorder: '--bui-border-2',
  text: '--bui-fg-primary',
  secondaryText: '--bui-fg-secondary',
  disabledText: '--bui-fg-disabled',
  accentText: '--llmp-accent-text',
};

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { attributeFilter: [MODE_ATTRIBUTE] });
  return () => observer.disconnect();
}

function readMode(): 'light' | 'dark' {
  return document.body.getAttribute(MODE_ATTRIBUTE) === 'dark'
    ? 'dark'
    : 'light';
}

function readTokens(mode: 'light' | 'dark'): PanelTokens {
  const style = getComputedStyle(document.body);
  const tokens = { ...DEFAULT_TOKENS[mode] };
  for (const key of Object.keys(VARIABLES) as Array<keyof PanelTokens>) {
    const value = style.getPropertyValue(VARIABLES[key]).trim();
    // Colours are computed with; another notation would need a parser of CSS.
    if (/^#[0-9a-f]{6}$/i.test(value)) {
      tokens[key] = value;
    }
  }
  return tokens;
}

/** The portal's look as a theme of Grafana; a new one when the person switches between light and dark. */
export function usePanelTheme(): GrafanaTheme2 {
  const mode = useSyncExternalStore(subscribe, readMode);
  return useMemo(() => createPanelTheme(mode, readTokens(mode)), [mode]);
}
