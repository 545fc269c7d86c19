import { fireEvent, render } from '@testing-library/react';
import { panelProps, seriesFrame } from '../testUtils';
import { PieChartPanel } from './PieChartPanel';

function tooltipOver(slice: number, mode: string): string | null | undefined {
  const { container, unmount } = render(
    <PieChartPanel
      {...panelProps(
        'piechart',
        [seriesFrame('quant-api', [1]), seriesFrame('eval-api', [3])],
        { options: { tooltip: { mode } } },
      )}
    />,
  );
  fireEvent.mouseEnter(container.querySelectorAll('path')[slice]);
  const text = document.querySelector('body > [aria-hidden]')?.textContent;
  unmount();
  return text;
}

describe('the tooltip of a pie', () => {
  it('says the slice under the pointer', () => {
    expect(tooltipOver(1, 'single')).toBe('quant-api1 (25%)');
  });

  it('says all slices where the dashboard wants all', () => {
    expect(tooltipOver(1, 'multi')).toBe('eval-api3 (75%)quant-api1 (25%)');
  });

  it('is none where the dashboard wants none', () => {
    expect(tooltipOver(1, 'none')).toBeUndefined();
  });
});
