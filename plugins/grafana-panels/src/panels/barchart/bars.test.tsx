import { fireEvent, render, screen } from '@testing-library/react';
import { panelProps, seriesFrame, tableFrame, theme } from '../testUtils';
import { BarChartPanel } from './BarChartPanel';

const TEAMS = tableFrame({
  team: ['quant', 'eval'],
  tokens: [300, 120],
  latency: [0.4, 0.2],
});

const SECONDS = {
  matcher: { id: 'byName', options: 'latency' },
  properties: [{ id: 'unit', value: 's' }],
};

function draw(
  options: Record<string, unknown> = {},
  custom: Record<string, unknown> = {},
  rest: Record<string, unknown> = {},
) {
  const { container } = render(
    <BarChartPanel
      {...panelProps('barchart', [TEAMS], {
        options: { showValue: 'never', ...options },
        fieldConfig: {
          defaults: { custom, ...rest },
          overrides: [SECONDS],
        },
      })}
    />,
  );
  const picture = container.querySelector('svg')!;
  const texts = [...picture.querySelectorAll('text')];
  return {
    picture,
    texts: texts.map(({ textContent }) => textContent),
    anchorOf: (text: string) =>
      texts
        .find(({ textContent }) => textContent === text)
        ?.getAttribute('text-anchor'),
    bars: [...picture.querySelectorAll('rect[stroke]')],
    /** Numbers of an axis, which end in their unit. */
    highest: (unit: RegExp) =>
      texts
        .map(({ textContent }) => textContent ?? '')
        .filter(text => unit.test(text))
        .map(parseFloat)
        .reduce((a, b) => Math.max(a, b), 0),
  };
}

describe('the value axes of bars', () => {
  it('are one for each unit, the second on the other side', () => {
    const { anchorOf, bars } = draw();
    expect(anchorOf('300')).toBe('end');
    expect(anchorOf('400 ms')).toBe('start');
    // 300 of 300 tokens are as high as 400 of 400 ms.
    const [tokens, latency] = bars.map(bar =>
      Number(bar.getAttribute('height')),
    );
    expect(Math.abs(tokens - latency)).toBeLessThan(1);
  });

  it('are one for what is piled up', () => {
    expect(draw({ stacking: 'normal' }).anchorOf('400 ms')).toBeUndefined();
  });

  it('stand where the dashboard says, with its label', () => {
    const { anchorOf, texts } = draw(
      {},
      { axisPlacement: 'right', axisLabel: 'tokens' },
    );
    expect(anchorOf('300')).toBe('start');
    expect(texts).toContain('tokens');
    expect(draw({}, { axisPlacement: 'hidden' }).texts).toEqual([
      'quant',
      'eval',
    ]);
  });

  it('reach to soft limits, and to thresholds that are lines', () => {
    expect(draw().highest(/^\d+$/)).toBe(300);
    expect(draw({}, { axisSoftMax: 1000 }).highest(/^\d+$/)).toBe(1000);
    const thresholds = {
      mode: 'absolute',
      steps: [
        { value: -Infinity, color: 'green' },
        { value: 900, color: 'red' },
      ],
    };
    const line = draw(
      {},
      { thresholdsStyle: { mode: 'line' } },
      { thresholds },
    );
    expect(line.highest(/^\d+$/)).toBe(1000);
    const red = theme.visualization.getColorByName('red');
    expect(
      [...line.picture.querySelectorAll('line')].map(each =>
        each.getAttribute('stroke'),
      ),
    ).toContain(red);
  });
});

describe('the tooltip of bars', () => {
  const tooltip = () =>
    [...document.querySelectorAll('body > [aria-hidden]')]
      .map(({ textContent }) => textContent)
      .join();

  it('says all values of a category', () => {
    const { picture } = draw({ tooltip: { mode: 'multi', sort: 'asc' } });
    fireEvent.mouseEnter(picture.querySelector('rect:not([stroke])')!);
    expect(tooltip()).toBe('quantlatency400 mstokens300');
  });

  it('says the value of the bar under the pointer alone', () => {
    const { picture, bars } = draw({ tooltip: { mode: 'single' } });
    fireEvent.mouseEnter(picture.querySelector('rect:not([stroke])')!);
    expect(tooltip()).toBe('');
    fireEvent.mouseEnter(bars[1]);
    expect(tooltip()).toBe('quantlatency400 ms');
  });

  it('is none where the dashboard wants none', () => {
    const { picture, bars } = draw({ tooltip: { mode: 'none' } });
    [picture.querySelector('rect:not([stroke])')!, ...bars].forEach(each =>
      fireEvent.mouseEnter(each),
    );
    expect(tooltip()).toBe('');
  });
});

it('bars that fade are weaker where values are low', () => {
  const { picture, bars } = draw({}, { gradientMode: 'opacity' });
  const [low, high] = picture.querySelectorAll('stop');
  expect(low.getAttribute('stop-color')).toMatch(/00$/);
  expect(high.getAttribute('stop-color')).toMatch(/cc$/);
  expect(bars[0].getAttribute('fill')).toMatch(/^url\(#/);
});

it('values are as large as the dashboard says', () => {
  draw({ showValue: 'always', text: { valueSize: 20 } });
  // The other 300 is on the axis.
  const sizes = screen
    .getAllByText('300')
    .map(each => each.getAttribute('font-size'));
  expect(sizes).toContain('20');
});

describe('the names of bars', () => {
  const namesOf = (teams: string[], options: Record<string, unknown> = {}) => {
    const { container } = render(
      <BarChartPanel
        {...panelProps(
          'barchart',
          [tableFrame({ team: teams, tokens: teams.map(() => 1) })],
          {
            width: 200,
            options: {
              showValue: 'never',
              orientation: 'vertical',
              ...options,
            },
          },
        )}
      />,
    );
    return container.querySelectorAll(
      'text[text-anchor="middle"], text[transform]',
    );
  };

  it('are cut before the edge of the picture', () => {
    const [, , last] = namesOf(['a', 'b', 'c', 'd', 'a-long-name-of-a-team']);
    expect(last.textContent).toMatch(/^a-.*…$/);
    // Half of it is to the right of its bar's middle.
    const half = ((last.textContent?.length ?? 0) * 7.2) / 2;
    expect(Number(last.getAttribute('x')) + half).toBeLessThanOrEqual(200);
  });

  it('that are times are whole', () => {
    const { container } = render(
      <BarChartPanel
        {...panelProps(
          'barchart',
          ['a', 'b'].map(name => seriesFrame(name, Array(12).fill(1))),
          {
            width: 294,
            options: { showValue: 'never', orientation: 'vertical' },
          },
        )}
      />,
    );
    const texts = [...container.querySelectorAll('text[text-anchor="middle"]')];
    expect(texts.length).toBeGreaterThan(1);
    texts.forEach(({ textContent }) =>
      expect(textContent).toMatch(/^[\d-]+ [\d:]+$/),
    );
  });

  it('are cut where they would run out of it downwards', () => {
    const long = 'a-very-long-name-of-a-team-that-nobody-can-read';
    const [first] = namesOf([long, long], { xTickLabelRotation: -90 });
    expect(first.textContent).toMatch(/…$/);
  });
});
