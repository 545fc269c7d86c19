/** Mean width of a character of an axis, in CSS pixels at 12 px. */
export const CHARACTER_WIDTH = 7.2;

/** Width of a text on an axis, in CSS pixels. */
export function textWidth(text: string): number {
  return text.length * CHARACTER_WIDTH;
}

export function widestText(texts: string[]): number {
  return texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
}

/** The text cut to so many characters. */
export function shorten(text: string, length: number): string {
  return length > 0 && text.length > length
    ? `${text.slice(0, Math.max(1, length - 1))}…`
    : text;
}
