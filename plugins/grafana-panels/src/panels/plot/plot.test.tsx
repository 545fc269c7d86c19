import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { installCanvas, panelProps, seriesFrame } from '../testUtils';
import { TimeSeriesPanel } from '../timeseries';

beforeAll(installCanvas);

it('Escape takes the cursor away, and is the page’s where there is none', async () => {
  const left = jest.fn();
  const listen = (event: KeyboardEvent) =>
    event.key === 'Escape' && !event.defaultPrevented && left();
  document.addEventListener('keydown', listen);
  render(
    <TimeSeriesPanel
      {...panelProps('timeseries', [seriesFrame('quant-api', [1, 2, 3])])}
    />,
  );
  screen.getByRole('group', { name: /over time/ }).focus();

  await userEvent.keyboard('{Escape}');
  expect(left).toHaveBeenCalledTimes(1);

  await userEvent.keyboard('{ArrowLeft}');
  expect(screen.getByRole('status')).toHaveTextContent('quant-api 3');
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  expect(left).toHaveBeenCalledTimes(1);

  await userEvent.keyboard('{Escape}');
  expect(left).toHaveBeenCalledTimes(2);
  document.removeEventListener('keydown', listen);
});
