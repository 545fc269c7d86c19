import { rangeUtil } from '@grafana/data';
import { refreshMs } from './intervals';

describe('refresh intervals', () => {
  it.each([
    ['30s', 30_000],
    ['1m', 60_000],
    ['1s', 5_000],
    ['100y', 2 ** 31 - 1],
  ])('%s is %i ms', (interval, milliseconds) => {
    expect(refreshMs(interval)).toBe(milliseconds);
  });

  it.each([undefined, '', '0s', '-5s', 'soon', 'now-5m', 'NaN'])(
    '%j is off',
    interval => {
      expect(refreshMs(interval)).toBeUndefined();
    },
  );

  it('asks for none of the names of Grafana’s ranges', () => {
    const slow = jest.spyOn(rangeUtil, 'isValidTimeSpan');
    refreshMs('30s');
    expect(slow).not.toHaveBeenCalled();
    slow.mockRestore();
  });
});
