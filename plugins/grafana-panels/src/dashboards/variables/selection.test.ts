import type { VariableState } from '@llm-platform/plugin-grafana-panels-common';
import { nextSelection, summary } from './selection';

const state = (selected: string[]): VariableState => ({
  variable: {
    kind: 'custom',
    name: 'model',
    hide: 'nothing',
    multi: true,
    includeAll: true,
    allowCustomValue: true,
    current: [],
    options: [],
  },
  options: ['a', 'b', 'c', 'd'].map(value => ({
    value,
    text: value.toUpperCase(),
  })),
  selected,
});

describe('what is chosen of a variable', () => {
  it('is all or some of it, whichever came last', () => {
    expect(nextSelection(['a'], ['a', '$__all'])).toEqual(['$__all']);
    expect(nextSelection(['$__all'], ['$__all', 'b'])).toEqual(['b']);
    expect(nextSelection(['a'], ['a', 'b'])).toEqual(['a', 'b']);
    expect(nextSelection(['$__all'], ['$__all'])).toEqual(['$__all']);
  });

  it('fits a button', () => {
    expect(summary(state([]))).toBe('none');
    expect(summary(state(['$__all']))).toBe('All');
    expect(summary(state(['a', 'c']))).toBe('A + C');
    expect(summary(state(['gone']))).toBe('gone');
    expect(summary(state(['a', 'b', 'c', 'd']))).toBe('4 chosen');
  });
});
