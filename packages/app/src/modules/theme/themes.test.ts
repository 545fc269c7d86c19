import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { darkTheme, lightTheme } from './themes';

type Tokens = Record<string, string>;

function readTokens(): { light: Tokens; dark: Tokens } {
  const css = readFileSync(resolve(__dirname, 'tokens.css'), 'utf8');
  const block = (selector: string) => {
    const start = css.indexOf('{', css.indexOf(selector));
    const body = css.slice(start, css.indexOf('}', start));
    return Object.fromEntries(
      [...body.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(match => [
        match[1],
        match[2],
      ]),
    );
  };
  return {
    light: block(":root,\n[data-theme-mode='light']"),
    dark: block("}\n\n[data-theme-mode='dark']"),
  };
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map(at => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(c => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const BACKGROUNDS = [
  '--bui-bg-app',
  '--bui-bg-neutral-1',
  '--bui-bg-neutral-2',
];
const TEXTS = [
  '--bui-fg-primary',
  '--bui-fg-secondary',
  '--llmp-ready',
  '--llmp-starting',
  '--llmp-waiting',
  '--llmp-degraded',
  '--llmp-failing',
  '--llmp-accent-text',
];

describe('the look', () => {
  const modes = readTokens();

  it.each(['light', 'dark'] as const)(
    'passes WCAG AA for text in %s mode',
    mode => {
      const tokens = modes[mode];
      const failures = BACKGROUNDS.flatMap(background =>
        TEXTS.map(text => ({
          pair: `${text} on ${background}`,
          ratio: contrast(tokens[text], tokens[background]),
        })),
      ).filter(({ ratio }) => !(ratio >= 4.5));

      expect(failures).toEqual([]);
      expect(
        contrast(tokens['--bui-accent-fg'], tokens['--bui-accent-bg']),
      ).toBeGreaterThanOrEqual(4.5);
      expect(
        contrast(tokens['--llmp-accent-text'], tokens['--llmp-selected']),
      ).toBeGreaterThanOrEqual(4.5);
      expect(
        contrast(tokens['--bui-fg-secondary'], tokens['--llmp-nav']),
      ).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('gives both modes the same tokens', () => {
    const own = (tokens: Tokens) =>
      Object.keys(tokens)
        .filter(name => name.startsWith('--llmp-'))
        .sort();
    expect(own(modes.dark)).toEqual(own(modes.light));
  });

  it('gives Material UI the same colours', () => {
    for (const [theme, tokens] of [
      [lightTheme, modes.light],
      [darkTheme, modes.dark],
    ] as const) {
      const { palette } = theme.getTheme('v5') as {
        palette: {
          background: { default: string; paper: string };
          text: { primary: string; secondary: string };
          primary: { main: string };
        };
      };
      expect(palette.background.default).toBe(tokens['--bui-bg-app']);
      expect(palette.background.paper).toBe(tokens['--bui-bg-neutral-1']);
      expect(palette.text.primary).toBe(tokens['--bui-fg-primary']);
      expect(palette.text.secondary).toBe(tokens['--bui-fg-secondary']);
      expect(palette.primary.main).toBe(tokens['--bui-accent-bg']);
    }
  });
});
