/**
 * Colours of series that a dashboard leaves to us. Chosen by search: each next one is the farthest (in OKLab) from all
 * before it as seen with normal vision and with complete protanopia, deuteranopia and tritanopia (Machado 2009), with a
 * contrast of at least 3:1 to the portal's surfaces. The nth colour has about the same hue in both modes.
 */
export const SERIES_COLORS: Readonly<Record<'light' | 'dark', string[]>> = {
  light: [
    '#4353c9',
    '#b7790f',
    '#7c343b',
    '#2996ae',
    '#9d6df9',
    '#4d4481',
    '#af4c63',
    '#dd5f7c',
    '#775b99',
    '#815c0a',
  ],
  dark: [
    '#8794f5',
    '#f5af20',
    '#cf5442',
    '#b5e7fe',
    '#7765d0',
    '#afb2dc',
    '#a65f7d',
    '#e47c76',
    '#9c8fb7',
    '#f2de90',
  ],
};

/**
 * Grafana's green, orange and red, by which thresholds and states say good, doubtful and bad. Its own green and red look
 * alike with deuteranopia; these are at least 0.11 apart (OKLab) in each of the four views, within the hues of their names.
 */
export const STATE_COLORS: Readonly<
  Record<'light' | 'dark', Record<'green' | 'orange' | 'red', string>>
> = {
  light: { green: '#4aa381', orange: '#e76802', red: '#ba0135' },
  dark: { green: '#6fd0a4', orange: '#f08c2e', red: '#e0434f' },
};
