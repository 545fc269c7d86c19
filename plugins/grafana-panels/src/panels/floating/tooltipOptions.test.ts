import { arrangeRows, tooltipOf } from './tooltipOptions';

const rows = [{ value: 2 }, { value: 0 }, { value: null }, { value: 3 }];
const arranged = (tooltip: Record<string, unknown>) =>
  arrangeRows(rows, tooltipOf({ tooltip })).map(({ value }) => value);

describe('the rows of a tooltip', () => {
  it('stand in the dashboard’s order, or by their values', () => {
    expect(arranged({})).toEqual([2, 0, null, 3]);
    expect(arranged({ sort: 'desc' })).toEqual([3, 2, 0, null]);
    expect(arranged({ sort: 'asc' })).toEqual([0, null, 2, 3]);
  });

  it('leave zeros out where the dashboard does', () => {
    expect(arranged({ hideZeros: true })).toEqual([2, null, 3]);
  });

  it('are those of one thing where a dashboard says nothing', () => {
    expect(tooltipOf({}).mode).toBe('single');
  });
});
