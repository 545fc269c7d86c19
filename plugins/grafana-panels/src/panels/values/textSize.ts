/** Mean width of a character of our fonts, in em; digits and capitals are wider than small letters. */
const CHARACTER_EM = 0.6;

/** The largest font size at which the text fits into the box, within limits. CSS pixels. */
export function fitText(
  text: string,
  width: number,
  height: number,
  limits: { min?: number; max?: number } = {},
): number {
  const { min = 10, max = 96 } = limits;
  const byWidth = width / (Math.max(1, text.length) * CHARACTER_EM);
  return Math.floor(Math.max(min, Math.min(max, byWidth, height)));
}
