import { useState } from 'react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PanelBoundary } from './PanelBoundary';

function Picture(props: { value: number }) {
  if (props.value < 0) {
    throw new Error('no picture of less than nothing');
  }
  return <p>picture of {props.value}</p>;
}

function Panels() {
  const [value, setValue] = useState(-1);
  return (
    <>
      <PanelBoundary drawn={value}>
        <Picture value={value} />
      </PanelBoundary>
      <p>another panel</p>
      <button type="button" onClick={() => setValue(2)}>
        Other data
      </button>
    </>
  );
}

it('a panel that fails leaves the others alone and draws the next data', async () => {
  const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  render(<Panels />);
  expect(screen.getByRole('alert')).toHaveTextContent(
    'This panel could not be drawn: no picture of less than nothing',
  );
  expect(screen.getByText('another panel')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
  expect(screen.getByRole('alert')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Other data' }));
  expect(screen.getByText('picture of 2')).toBeInTheDocument();
  log.mockRestore();
});
