import { expand } from './expansion';

describe('expand', () => {
  const values = { A: 'one', EMPTY: '', B: '$(A)' };

  it.each([
    ['$(A)', 'one'],
    ['x-$(A)-$(A)', 'x-one-one'],
    ['$(MISSING)', '$(MISSING)'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$one'],
    ['$(EMPTY)', ''],
    ['$(B)', '$(A)'],
    ['$A ${A}', '$A ${A}'],
    ['$(constructor)', '$(constructor)'],
    ['cost: 5$', 'cost: 5$'],
  ])('%s becomes %s', (text, expected) => {
    expect(expand(text, values)).toBe(expected);
  });
});
