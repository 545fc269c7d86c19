import { agreementOf } from './agreement';

describe('agreementOf', () => {
  it.each([
    ['Paris.', ' Paris.\n', true, 1],
    ['Paris', 'paris', false, 1],
    ['b a', 'a b', false, 1],
    ['a a a', 'a', false, 0.5],
    ['a b', 'c d', false, 0],
    ['', '', true, 1],
    ['', 'a', false, 0],
    ['Größe 1', 'größe 2', false, 0.5],
    ['東京', '東京', true, 1],
  ])('of %p and %p', (a, b, exactMatch, tokenOverlap) => {
    expect(agreementOf(a, b)).toEqual({ exactMatch, tokenOverlap });
    expect(agreementOf(b, a)).toEqual({ exactMatch, tokenOverlap });
  });
});
