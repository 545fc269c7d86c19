import { render, screen } from '@testing-library/react';
import { panelProps, seriesFrame } from '../testUtils';
import { StatPanel } from './StatPanel';

const one = () => [seriesFrame('quant-api', [1, 2, 3])];
const two = () => [...one(), seriesFrame('eval-api', [10, 20, 30])];

function tiles(
  frames: ReturnType<typeof one>,
  options: Record<string, unknown> = {},
) {
  render(<StatPanel {...panelProps('stat', frames, { options })} />);
  return screen.getAllByRole('listitem');
}

describe('a figure', () => {
  it('alone stands in the middle, over its curve too', () => {
    const [tile] = tiles(one());
    expect(tile).toHaveAttribute('data-center');
    expect(tile.querySelector('svg')).not.toBeNull();
  });

  it('beside others stands at the left, unless the dashboard centres it', () => {
    const [tile] = tiles(two());
    expect(tile).not.toHaveAttribute('data-center');
    const [, , centred] = tiles(two(), { justifyMode: 'center' });
    expect(centred).toHaveAttribute('data-center');
  });

  it('without a value says so, in the dashboard’s words if it has some', () => {
    const [tile] = tiles([seriesFrame('none', [null, null])]);
    expect(tile.textContent).toBe('–');
    const props = panelProps('stat', [seriesFrame('none', [null])], {
      fieldConfig: { defaults: { noValue: 'All quiet' } },
    });
    render(<StatPanel {...props} />);
    expect(screen.getByText('All quiet')).toBeInTheDocument();
  });

  it('leaves its change out where there is no room for it', () => {
    const shown = (height: number) =>
      render(
        <StatPanel
          {...panelProps('stat', one(), {
            height,
            options: { showPercentChange: true },
          })}
        />,
      ).container.textContent;
    expect(shown(120)).toBe('3+200%');
    expect(shown(60)).toBe('3');
  });

  it.each([
    ['value', '30', 'eval-api'],
    ['name', 'eval-api', '30'],
    ['none', '', 'eval-api: 30'],
    ['value_and_name', 'eval-api30', null],
  ])(
    'in text mode %s says the rest to the pointer',
    (textMode, text, title) => {
      const [, tile] = tiles(two(), { textMode });
      expect(tile.textContent).toBe(text);
      expect(tile.getAttribute('title')).toBe(title);
    },
  );
});
