import { render } from '@testing-library/react';
import type { ValueMapping } from '@grafana/data';
import { panelProps, seriesFrame } from '../testUtils';
import { BarGaugePanel } from './BarGaugePanel';

function draw(
  count: number,
  mappings: ValueMapping[] = [],
  options: Record<string, unknown> = {},
) {
  const { container } = render(
    <BarGaugePanel
      {...panelProps(
        'bargauge',
        Array.from({ length: count }, (_, i) =>
          seriesFrame(`pod-${i}`, [1.234]),
        ),
        {
          width: 300,
          options,
          fieldConfig: {
            defaults: {
              mappings,
              min: 0,
              max: 2,
              color: { mode: 'thresholds' as never },
              thresholds: {
                mode: 'absolute' as never,
                steps: [{ value: -Infinity, color: 'green' }],
              },
            },
          },
        },
      )}
    />,
  );
  return [...container.querySelectorAll('li')];
}

const DOWN = {
  type: 'value',
  options: { 0: { text: 'Down', color: 'red' } },
} as ValueMapping;

it('bars side by side show their values as long as these have room', () => {
  const vertical = { orientation: 'vertical' };
  expect(draw(4, [], vertical)[0].textContent).toBe('1.23pod-0');
  const [first] = draw(100, [], vertical);
  expect(first.textContent).toBe('pod-0');
  expect(first).toHaveAttribute('title', '1.23');
});

it('the way up to a value is not coloured by what other values are mapped to', () => {
  const fill = (mappings: ValueMapping[]) =>
    draw(2, mappings, { orientation: 'horizontal' })[0].querySelector('i')
      ?.style.background;
  expect(fill([DOWN])).toBe(fill([]));
});

it('bars that have no room in the panel can be scrolled to by keys', () => {
  const vertical = { orientation: 'vertical' };
  const scrolls = (bars: Element[]) => bars[0].parentElement?.tabIndex === 0;
  expect(scrolls(draw(4, [], vertical))).toBe(false);
  expect(scrolls(draw(100, [], vertical))).toBe(true);
  expect(scrolls(draw(4, [], { orientation: 'horizontal' }))).toBe(false);
  expect(scrolls(draw(100, [], { orientation: 'horizontal' }))).toBe(true);
});
