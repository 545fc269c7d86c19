import { render } from '@testing-library/react';
import { PanelView } from '../PanelView';
import { installCanvas, panelProps, seriesFrame } from '../testUtils';

beforeAll(installCanvas);

/** Whether the shapes of a panel have an edge. */
async function hasEdges(type: string, custom: Record<string, unknown>) {
  const context = document.createElement('canvas').getContext('2d')!;
  const stroke = jest.fn();
  context.strokeRect = stroke;
  render(
    <PanelView
      {...panelProps(type, [seriesFrame('mistral', ['up', 'down', 'up'])], {
        fieldConfig: { defaults: { custom } },
      })}
    />,
  );
  // A plot is drawn in a microtask.
  await Promise.resolve();
  return stroke.mock.calls.length > 0;
}

describe('the shapes of', () => {
  it.each([
    ['state-timeline', false],
    ['status-history', true],
  ])('a %s have Grafana’s edge', async (type, expected) => {
    expect(await hasEdges(type, {})).toBe(expected);
    expect(await hasEdges(type, { lineWidth: 0 })).toBe(false);
    expect(await hasEdges(type, { lineWidth: 2 })).toBe(true);
  });
});

it('rows too many for the panel’s height are in a picture that scrolls', async () => {
  const heights = async (count: number) => {
    const { container, unmount } = render(
      <PanelView
        {...panelProps(
          'state-timeline',
          Array.from({ length: count }, (_, i) =>
            seriesFrame(`pod-${i}`, ['up']),
          ),
          { options: { legend: { showLegend: false } } },
        )}
      />,
    );
    // A plot gets its size in a microtask.
    await Promise.resolve();
    const height = container.querySelector('canvas')?.height;
    const scrolls = container.querySelector('[style*="overflow-y"]') !== null;
    unmount();
    return { height, scrolls };
  };
  expect(await heights(5)).toEqual({ height: 300, scrolls: false });
  const many = await heights(50);
  expect(many.scrolls).toBe(true);
  expect(many.height).toBeGreaterThan(50 * 16);
});
