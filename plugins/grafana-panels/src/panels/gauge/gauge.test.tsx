import { render } from '@testing-library/react';
import {
  ThresholdsMode,
  type FieldColorModeId,
  type FieldConfig,
} from '@grafana/data';
import { panelProps, seriesFrame } from '../testUtils';
import { GaugePanel } from './GaugePanel';

/** The arc of two series that are far from nothing and from the whole. */
function draw(defaults: FieldConfig, values: number[]) {
  const props = panelProps(
    'gauge',
    values.map((value, i) => seriesFrame(`gpu-${i}`, [value, value])),
    {
      options: { showThresholdLabels: true },
      fieldConfig: {
        defaults: {
          thresholds: {
            mode: ThresholdsMode.Percentage,
            steps: [
              { value: -Infinity, color: 'green' },
              { value: 50, color: 'red' },
            ],
          },
          ...defaults,
        },
      },
    },
  );
  const limits = () =>
    props.data.frames.map(({ fields }) =>
      fields.map(({ config, state }) => [config.min, config.max, state?.range]),
    );
  const before = limits();
  const { container, unmount } = render(<GaugePanel {...props} />);
  const { innerHTML } = container;
  unmount();
  expect(limits()).toEqual(before);
  return innerHTML;
}

describe('a gauge of shares', () => {
  it.each([
    ['percent', 100, [40, 43]],
    ['percentunit', 1, [0.4, 0.43]],
  ])('in %s goes from nothing to %d', (unit, max, values) => {
    const whole = draw({ unit, min: 0, max }, values);
    expect(draw({ unit }, values)).toBe(whole);
    // Other limits are seen in the picture, and those of the dashboard hold.
    expect(draw({ unit, max: max / 2 }, values)).not.toBe(whole);
    expect(draw({ unit, max: max / 2 }, values)).toBe(
      draw({ unit, min: 0, max: max / 2 }, values),
    );
  });

  it('is coloured by its place on that arc', () => {
    const color = {
      mode: 'continuous-GrYlRd' satisfies `${FieldColorModeId}`,
    };
    expect(draw({ unit: 'percent', color }, [40, 43])).toBe(
      draw({ unit: 'percent', color, min: 0, max: 100 }, [40, 43]),
    );
  });

  it('leaves other units between what was read', () => {
    expect(draw({ unit: 'celsius' }, [40, 43])).not.toBe(
      draw({ unit: 'celsius', min: 0, max: 100 }, [40, 43]),
    );
  });
});

describe('the bar of a gauge', () => {
  const bar = (value: number, options: Record<string, unknown>) => {
    const { container, unmount } = render(
      <GaugePanel
        {...panelProps('gauge', [seriesFrame('a', [value])], {
          options: { showThresholdMarkers: false, ...options },
          fieldConfig: { defaults: { min: 0, max: 100 } },
        })}
      />,
    );
    // The first path is the empty ring.
    const [, path] = container.querySelectorAll('path');
    unmount();
    return path?.getAttribute('d') ?? undefined;
  };

  it('starts at the neutral value, in both directions', () => {
    expect(bar(75, { neutral: 0 })).toBe(bar(75, {}));
    expect(bar(75, { neutral: 50 })).not.toBe(bar(75, {}));
    expect(bar(25, { neutral: 75 })).toBe(bar(75, { neutral: 25 }));
    expect(bar(50, { neutral: 50 })).toBeUndefined();
  });

  it('is as wide as the dashboard says', () => {
    expect(bar(75, { barWidthFactor: 0.5 })).toBe(bar(75, {}));
    expect(bar(75, { barWidthFactor: 1 })).not.toBe(bar(75, {}));
  });
});
