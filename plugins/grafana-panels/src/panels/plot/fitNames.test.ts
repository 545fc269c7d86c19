import type uPlot from 'uplot';
import { fitNames } from './axes';

/** A plot whose letters are all 7 pixels wide. */
const plot = {
  axes: [{}, { font: ['12px sans-serif'] }],
  ctx: {
    save() {},
    restore() {},
    measureText: (text: string) => ({ width: 7 * text.length }),
  },
} as unknown as uPlot;

describe('names on an axis', () => {
  it('are cut in the middle, where they are alike', () => {
    const [long, other, short] = fitNames(
      plot,
      ['summaries-675774dfb-qj46b', 'summaries-675774dfb-x2x9k', 'gpu-0'],
      1,
    );
    expect(long).toMatch(/^summaries.*….*qj46b$/);
    expect(other).toMatch(/^summaries.*….*x2x9k$/);
    expect(short).toBe('gpu-0');
    // 130 pixels are left for text.
    expect(long).toHaveLength(18);
  });

  it('survive being empty or a single letter', () => {
    expect(fitNames(plot, ['', 'a'], 1)).toEqual(['', 'a']);
  });
});
