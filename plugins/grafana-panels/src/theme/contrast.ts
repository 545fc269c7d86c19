import { colorManipulator } from '@grafana/data';

/** WCAG 2.1, 1.4.11: graphical objects that are needed to understand the content. */
const GRAPHICS_CONTRAST = 3;
const STEP = 0.04;
const MAX_STEPS = 25;

/**
 * The colour, made darker (on a light background) or lighter (on a dark one) until it stands out from the
 * background by 3:1. Anything that isn't a plain opaque colour comes back as it is: a transparent area is meant to be faint.
 */
export function readableOn(background: string, color: string): string {
  if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color)) {
    return color;
  }
  const isLight = colorManipulator.getLuminance(background) > 0.5;
  const move = isLight ? colorManipulator.darken : colorManipulator.lighten;
  let result = color;
  for (let step = 0; step < MAX_STEPS; step++) {
    if (
      colorManipulator.getContrastRatio(result, background) >= GRAPHICS_CONTRAST
    ) {
      return result;
    }
    result = colorManipulator.asHexString(move(result, STEP));
  }
  return result;
}

/** Black or white: whichever is easier to read on the colour. */
export function textOn(color: string): string {
  const [dark, light] = ['#12161b', '#ffffff'];
  return colorManipulator.getContrastRatio(dark, color) >=
    colorManipulator.getContrastRatio(light, color)
    ? dark
    : light;
}

/** The colour with an opacity between 0 and 1. */
export function withOpacity(color: string, opacity: number): string {
  return colorManipulator.alpha(color, opacity);
}
