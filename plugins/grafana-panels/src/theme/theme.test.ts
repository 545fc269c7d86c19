import { colorManipulator } from '@grafana/data';
import { mixOn, readableOn, readableTextOn, textOn } from './contrast';
import { createPanelTheme, DEFAULT_TOKENS } from './createPanelTheme';
import { SERIES_COLORS } from './palette';

const MODES = ['light', 'dark'] as const;
const { getContrastRatio } = colorManipulator;

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB. */
const VISIONS: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(color: string, vision: number[][]): number[] {
  const rgb = [1, 3, 5]
    .map(at => parseInt(color.slice(at, at + 2), 16) / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const [r, g, b] = vision.map(row =>
    Math.min(
      1,
      Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]),
    ),
  );
  // To OKLab, in which distances are what an eye sees.
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: number[], b: number[]): number {
  return Math.hypot(...a.map((value, i) => value - b[i]));
}

describe.each(MODES)('the colours of series, %s', mode => {
  const colors = SERIES_COLORS[mode];

  it('stand out from what panels stand on', () => {
    const { surface } = DEFAULT_TOKENS[mode];
    const faint = colors.filter(color => getContrastRatio(color, surface) < 3);
    expect(faint).toEqual([]);
  });

  it.each(Object.keys(VISIONS))('can be told apart with %s', vision => {
    const views = colors.map(color => seen(color, VISIONS[vision]));
    const pairs = views.flatMap((a, i) =>
      views.slice(i + 1).map((b, j) => ({
        pair: `${colors[i]} ${colors[i + 1 + j]}`,
        distance: distance(a, b),
      })),
    );
    expect(pairs.filter(pair => pair.distance < 0.07)).toEqual([]);
  });
});

describe.each(MODES)('green, orange and red, %s', mode => {
  const theme = createPanelTheme(mode);
  const { surface } = DEFAULT_TOKENS[mode];
  const colors = ['green', 'orange', 'red'].map(name =>
    theme.visualization.getColorByName(name),
  );

  it.each(Object.keys(VISIONS))('can be told apart with %s', vision => {
    // As they are, and as the stretches of a timeline are filled.
    for (const [opacity, least] of [
      [1, 0.11],
      [0.7, 0.07],
    ]) {
      const [green, orange, red] = colors
        .map(color => mixOn(surface, color, opacity))
        .map(color => seen(color, VISIONS[vision]));
      expect(distance(green, orange)).toBeGreaterThan(least);
      expect(distance(green, red)).toBeGreaterThan(least);
      expect(distance(orange, red)).toBeGreaterThan(least);
    }
  });

  it('have lighter and darker shades', () => {
    const luminances: number[] = [];
    for (const { name, shades } of theme.visualization.hues) {
      if (name === 'red') {
        shades.forEach(({ color }) =>
          luminances.push(colorManipulator.getLuminance(color)),
        );
      }
    }
    expect(luminances).toHaveLength(5);
    expect(luminances).toEqual([...luminances].sort((a, b) => b - a));
  });
});

describe.each(MODES)('a theme for panels, %s', mode => {
  const theme = createPanelTheme(mode);

  it('makes every named colour visible', () => {
    const names = theme.visualization.hues.flatMap(({ shades }) =>
      shades.map(({ name }) => name),
    );
    const faint = [...names, '#EAB839', 'white', 'black']
      .map(name => theme.visualization.getColorByName(name))
      .filter(
        color => getContrastRatio(color, DEFAULT_TOKENS[mode].surface) < 3,
      );
    expect(names.length).toBeGreaterThan(20);
    expect(faint).toEqual([]);
  });

  it('has a colour for a name that there is not', () => {
    expect(theme.visualization.getColorByName('purpel')).toBe(
      DEFAULT_TOKENS[mode].secondaryText,
    );
  });

  it('leaves what is meant to be invisible', () => {
    expect(theme.visualization.getColorByName('transparent')).toMatch(
      /rgba\(.*0\)/,
    );
    expect(theme.visualization.getColorByName('panel-bg')).toBe(
      DEFAULT_TOKENS[mode].surface,
    );
  });
});

describe('readable colours', () => {
  it('keeps a colour that can be seen', () => {
    expect(readableOn('#ffffff', '#1a1f27')).toBe('#1a1f27');
  });

  it('asks more of text than of lines', () => {
    const line = readableOn('#ffffff', '#ffff00');
    const text = readableTextOn('#ffffff', 'rgb(255, 255, 0)');
    expect(getContrastRatio(line, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(getContrastRatio(text, '#ffffff')).toBeGreaterThanOrEqual(4.5);
  });

  it('writes dark on light and light on dark', () => {
    expect(textOn('#f5af20')).toBe('#12161b');
    expect(textOn('#4353c9')).toBe('#ffffff');
  });
});
