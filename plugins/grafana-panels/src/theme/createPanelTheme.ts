import {
  colorManipulator,
  createTheme,
  type GrafanaTheme2,
} from '@grafana/data';
import { readableOn } from './contrast';
import { SERIES_COLORS, STATE_COLORS } from './palette';

/** The portal's own colours that panels are drawn with, as `#rrggbb`. */
export interface PanelTokens {
  /** What panels stand on. */
  surface: string;
  app: string;
  raised: string;
  border: string;
  strongBorder: string;
  text: string;
  secondaryText: string;
  disabledText: string;
  accentText: string;
}

/** The tokens of packages/app, for where no stylesheet is: tests, and the moment before the styles have loaded. */
export const DEFAULT_TOKENS: Readonly<Record<'light' | 'dark', PanelTokens>> = {
  light: {
    surface: '#ffffff',
    app: '#f6f7f9',
    raised: '#f1f3f6',
    border: '#dfe3e8',
    strongBorder: '#b9c0ca',
    text: '#1a1f27',
    secondaryText: '#58616e',
    disabledText: '#8b94a1',
    accentText: '#3a49bd',
  },
  dark: {
    surface: '#171b21',
    app: '#0f1216',
    raised: '#1f252d',
    border: '#2c343f',
    strongBorder: '#4a5462',
    text: '#e6e9ee',
    secondaryText: '#9aa4b2',
    disabledText: '#6b7584',
    accentText: '#a3b0ff',
  },
};

const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif';

/** The colour, unless nothing can be computed with it: a misspelt name in a dashboard must not end the drawing. */
function knownColor(color: string): string | undefined {
  try {
    colorManipulator.decomposeColor(color);
    return color;
  } catch {
    return undefined;
  }
}

/** A colour and what Grafana calls its lighter and darker shades. */
function shadesOf<T extends string>(name: T, color: string) {
  const { asHexString, darken, lighten } = colorManipulator;
  return [
    { name: `super-light-${name}` as const, color: lighten(color, 0.5) },
    { name: `light-${name}` as const, color: lighten(color, 0.25) },
    { name, color },
    { name: `semi-dark-${name}` as const, color: darken(color, 0.15) },
    { name: `dark-${name}` as const, color: darken(color, 0.3) },
  ].map(shade => ({ ...shade, color: asHexString(shade.color) }));
}

/**
 * Grafana's theme with the portal's colours in it. Series get a palette, and green, orange and red get shades, that
 * colour-blind people can tell apart; any other colour that a dashboard fixes keeps its hue and is moved until it can be
 * seen on the portal's surface.
 */
export function createPanelTheme(
  mode: 'light' | 'dark',
  tokens: PanelTokens = DEFAULT_TOKENS[mode],
): GrafanaTheme2 {
  const states = STATE_COLORS[mode];
  const theme = createTheme({
    name: `Portal ${mode}`,
    colors: {
      mode,
      background: {
        canvas: tokens.app,
        primary: tokens.surface,
        secondary: tokens.raised,
      },
      border: {
        weak: tokens.border,
        medium: tokens.strongBorder,
        strong: tokens.strongBorder,
      },
      text: {
        primary: tokens.text,
        secondary: tokens.secondaryText,
        disabled: tokens.disabledText,
        link: tokens.accentText,
        maxContrast: tokens.text,
      },
    },
    typography: { fontFamily: FONT, fontSize: 14 },
    visualization: {
      palette: SERIES_COLORS[mode],
      hues: [
        { name: 'green', shades: shadesOf('green', states.green) },
        { name: 'orange', shades: shadesOf('orange', states.orange) },
        { name: 'red', shades: shadesOf('red', states.red) },
      ],
    },
  });
  // Each colour is asked for thousands of times while a table or a heatmap is drawn.
  const seen = new Map<string, string>();
  const colorOf = theme.visualization.getColorByName;
  theme.visualization.getColorByName = name => {
    // The surface and the text mean exactly themselves.
    if (!name || name === 'panel-bg' || name === 'text') {
      return colorOf(name);
    }
    let color = seen.get(name);
    if (color === undefined) {
      color = readableOn(
        tokens.surface,
        knownColor(colorOf(name)) ?? tokens.secondaryText,
      );
      seen.set(name, color);
    }
    return color;
  };
  return theme;
}
