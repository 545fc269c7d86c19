/**
 * Colours of series that a dashboard leaves to us. Chosen by search: each next one is the farthest (in OKLab) from all
 * before it as seen with normal vision and with complete protanopia, deuteranopia and tritanopia (Machado 2009), with a
 * contrast of at least 3:1 to the portal's surfaces.
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
    '#f0e353',
    '#ad6500',
    '#7fe9f8',
    '#f58d79',
    '#746b91',
    '#5368ec',
    '#53c1c7',
    '#e8b616',
    '#b6f0b4',
  ],
};
