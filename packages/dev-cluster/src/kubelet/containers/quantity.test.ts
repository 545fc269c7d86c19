import { parseQuantity } from './quantity';

describe('parseQuantity', () => {
  it.each([
    ['1', 1],
    ['500m', 0.5],
    ['4Gi', 4 * 2 ** 30],
    ['3388360Ki', 3388360 * 1024],
    ['1e3', 1000],
    ['2k', 2000],
    ['1.5', 1.5],
  ])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(['', 'x', '1Zi', '1 Gi x'])('refuses "%s"', text => {
    expect(() => parseQuantity(text)).toThrow('is not a quantity');
  });
});
