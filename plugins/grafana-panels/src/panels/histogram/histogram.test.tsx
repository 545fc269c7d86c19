import { fireEvent, render, screen } from '@testing-library/react';
import { panelProps, seriesFrame } from '../testUtils';
import { HistogramPanel } from './HistogramPanel';

function draw(
  custom: Record<string, unknown> = {},
  options: Record<string, unknown> = {},
) {
  const { container } = render(
    <HistogramPanel
      {...panelProps(
        'histogram',
        [seriesFrame('a', [1, 1, 1, 2]), seriesFrame('b', [1, 2, 2, 2])],
        {
          options: { bucketSize: 1, ...options },
          fieldConfig: { defaults: { custom } },
        },
      )}
    />,
  );
  const bars = [...container.querySelectorAll('rect[stroke]')].map(each => ({
    top: Number(each.getAttribute('y')),
    bottom:
      Number(each.getAttribute('y')) + Number(each.getAttribute('height')),
    fill: each.getAttribute('fill'),
  }));
  const ticks = [...container.querySelectorAll('text[text-anchor="end"]')].map(
    ({ textContent }) => textContent,
  );
  return { container, bars, ticks };
}

describe('counts of several series', () => {
  it('lie over each other', () => {
    const { bars, ticks } = draw();
    expect(new Set(bars.map(({ bottom }) => bottom)).size).toBe(1);
    expect(ticks).toEqual(['0', '1', '2', '3']);
  });

  it('stand on top of each other where the dashboard stacks them', () => {
    const { bars, ticks } = draw({ stacking: { mode: 'normal' } });
    // Of each series the first bucket and the second.
    expect(bars[2].bottom).toBeCloseTo(bars[0].top);
    expect(bars[3].bottom).toBeCloseTo(bars[1].top);
    expect(bars[3].top).toBeCloseTo(bars[2].top);
    expect(ticks[ticks.length - 1]).toBe('4');
  });

  it('are shares of their bucket in percent', () => {
    const { bars, ticks } = draw({ stacking: { mode: 'percent' } });
    expect(ticks[ticks.length - 1]).toBe('100%');
    expect(bars[2].top).toBeCloseTo(bars[3].top);
  });
});

it('a histogram has the dashboard’s figures in its legend', () => {
  draw({}, { legend: { calcs: ['max'] } });
  expect(screen.getAllByText('3')).not.toHaveLength(1);
  expect(screen.getAllByText(/Max/)).toHaveLength(2);
});

it('a histogram has no tooltip where the dashboard wants none', () => {
  const shown = () => document.querySelectorAll('body > [aria-hidden]').length;
  const bucket = ({ container }: ReturnType<typeof draw>) =>
    container.querySelector('rect:not([stroke])')!;
  fireEvent.mouseEnter(bucket(draw({}, { tooltip: { mode: 'none' } })));
  expect(shown()).toBe(0);
  fireEvent.mouseEnter(bucket(draw()));
  expect(shown()).toBe(1);
});
