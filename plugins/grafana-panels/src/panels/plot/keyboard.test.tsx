import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PanelView } from '../PanelView';
import { installCanvas, panelProps, seriesFrame } from '../testUtils';

beforeAll(installCanvas);

/** What is read aloud at the first reading. */
async function readFirst(
  type: string,
  frames: ReturnType<typeof seriesFrame>[],
) {
  render(<PanelView {...panelProps(type, frames)} />);
  screen.getByRole('group', { name: /over time/ }).focus();
  await userEvent.keyboard('{Home}');
  return screen.getByRole('status').textContent;
}

describe('the arrow keys read', () => {
  const rows = () => [
    seriesFrame('mistral', ['up', 'up']),
    seriesFrame('llama', ['down', 'up']),
  ];

  it.each(['state-timeline', 'status-history'])(
    'the states of all rows of a %s',
    async type => {
      expect(await readFirst(type, rows())).toBe(
        '2026-11-23 12:00:00: mistral up, llama down',
      );
    },
  );

  it('the buckets of a heatmap that have something', async () => {
    const bucket = (le: string, count: number) =>
      seriesFrame(le, [count, 1], { labels: { le } });
    expect(
      await readFirst('heatmap', [
        bucket('1', 3),
        bucket('2', 0),
        bucket('+Inf', 5),
      ]),
    ).toBe('2026-11-23 12:00:00: 0 to 1 3, 2 to +Inf 5');
  });
});
