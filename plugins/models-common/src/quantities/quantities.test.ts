import fc from 'fast-check';
import { formatCpu, formatMemory, isQuantity, parseCpu, parseMemory } from '.';

describe('parseCpu', () => {
  it.each([
    ['2', 2000],
    ['500m', 500],
    ['0.1', 100],
    ['1.5', 1500],
    ['1930m', 1930],
    ['1u', 1],
    ['0', 0],
    ['1k', 1_000_000],
    ['1e3', 1_000_000],
  ])('%s is %i millicores', (text, millicores) => {
    expect(parseCpu(text)).toBe(millicores);
  });
});

describe('parseMemory', () => {
  it.each([
    ['12Gi', 12 * 2 ** 30],
    ['3388360Ki', 3388360 * 1024],
    ['1G', 1e9],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['0.3Gi', 322122548],
    ['1500m', 2],
    ['128974848', 128974848],
    ['123e6', 123e6],
    ['4Pi', 2 ** 52],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseMemory(text)).toBe(bytes);
  });

  it.each([
    '',
    'abc',
    '1 Gi',
    '1GiB',
    '1gi',
    '--1',
    '1e',
    'NaN',
    '1Gi2',
    '9Ei9',
  ])('%p is no quantity', text => {
    expect(parseMemory(text)).toBeUndefined();
    expect(isQuantity(text)).toBe(false);
  });

  it('does not round what does not fit a number', () => {
    expect(isQuantity('100Ei')).toBe(true);
    expect(parseMemory('100Ei')).toBeUndefined();
  });
});

it('reads back what it writes, exactly', () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), amount => {
      expect(parseMemory(formatMemory(amount))).toBe(amount);
    }),
  );
  fc.assert(
    fc.property(fc.nat(), amount => {
      expect(parseCpu(formatCpu(amount))).toBe(amount);
    }),
  );
});
