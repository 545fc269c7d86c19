import { colorManipulator } from '@grafana/data';

/** WCAG 2.1, 1.4.11: graphical objects that are needed to understand the content. */
const GRAPHICS_CONTRAST = 3;
/** WCAG 2.1, 1.4.3: text. */
const TEXT_CONTRAST = 4.5;
const STEP = 0.04;
const MAX_STEPS = 25;

/**
 * The colour, made darker (on a light background) or lighter (on a dark one) until it stands out from the
 * background by 3:1. Anything that isn't a plain opaque colour comes back as it is: a transparent area is meant to be faint.
 */
export function readableOn(background: string, color: string): string {
  return moveUntil(background, color, GRAPHICS_CONTRAST);
}

/** As `readableOn`, for words and numbers: 4.5:1. */
export function readableTextOn(background: string, color: string): string {
  return moveUntil(background, asHex(color), TEXT_CONTRAST);
}

function moveUntil(background: string, color: string, ratio: number): string {
  if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color)) {
    return color;
  }
  const isLight = colorManipulator.getLuminance(background) > 0.5;
  const move = isLight ? colorManipulator.darken : colorManipulator.lighten;
  let result = color;
  for (let step = 0; step < MAX_STEPS; step++) {
    if (colorManipulator.getContrastRatio(result, background) >= ratio) {
      return result;
    }
    result = colorManipulator.asHexString(move(result, STEP));
  }
  return result;
}

/** Continuous scales of colours come as `rgb(…)`. */
function asHex(color: string): string {
  return /^rgb\(/.test(color) ? colorManipulator.asHexString(color) : color;
}

/** Black or white: whichever is easier to read on the colour. */
export function textOn(color: string): string {
  const [dark, light] = ['#12161b', '#ffffff'];
  return colorManipulator.getContrastRatio(dark, color) >=
    colorManipulator.getContrastRatio(light, color)
    ? dark
    : light;
}

/** What a colour with an opacity looks like on a background; both `#rrggbb`. */
export function mixOn(
  background: string,
  color: string,
  opacity: number,
): string {
  const channels = (hex: string) => {
    const full = colorManipulator.asHexString(hex);
    return [1, 3, 5].map(at => parseInt(full.slice(at, at + 2), 16));
  };
  const under = channels(background);
  return `#${channels(color)
    .map((channel, i) =>
      Math.round(channel * opacity + under[i] * (1 - opacity))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** The colour with an opacity between 0 and 1. */
export function withOpacity(color: string, opacity: number): string {
  return colorManipulator.alpha(color, opacity);
}
