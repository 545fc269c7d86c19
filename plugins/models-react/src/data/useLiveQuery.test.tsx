import { act, screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { modelsApiRef } from '../api';
import { createModelsApiMock, listOf, modelSummary } from '../testUtils';
import { useModels } from './hooks';

function Names() {
  const { data, error, loading } = useModels();
  return (
    <>
      <p>names: {data?.items.map(model => model.name).join(',')}</p>
      <p>error: {error?.message}</p>
      <p>loading: {String(loading)}</p>
    </>
  );
}

describe('live data', () => {
  it('refetches once for a burst of hints, and keeps the last data when that fails', async () => {
    let hint: () => void = () => {};
    const unsubscribe = jest.fn();
    const signals = {
      subscribe: (_channel: string, onMessage: (message: never) => void) => {
        hint = () => onMessage({ version: 2 } as never);
        return { unsubscribe };
      },
    };
    const listModels = jest
      .fn()
      .mockResolvedValueOnce(listOf([modelSummary({ name: 'one' })]))
      .mockResolvedValueOnce(listOf([modelSummary({ name: 'two' })]))
      .mockRejectedValueOnce(new Error('broken'))
      .mockRejectedValueOnce(new Error('broken'))
      .mockRejectedValue(
        Object.assign(new Error('gone'), { name: 'NotAllowedError' }),
      );

    const { unmount } = renderInTestApp(<Names />, {
      apis: [
        [modelsApiRef, createModelsApiMock({ listModels })],
        [signalApiRef, signals],
      ],
    });
    expect(await screen.findByText('names: one')).toBeInTheDocument();

    act(() => {
      hint();
      hint();
      hint();
    });
    expect(await screen.findByText('names: two')).toBeInTheDocument();
    expect(listModels).toHaveBeenCalledTimes(2);

    act(() => hint());
    expect(await screen.findByText('error: broken')).toBeInTheDocument();
    expect(screen.getByText('names: two')).toBeInTheDocument();

    // Denied or deleted since: nothing of it may stay on screen
    act(() => hint());
    expect(await screen.findByText('error: gone')).toBeInTheDocument();
    expect(screen.getByText('names:')).toBeInTheDocument();

    unmount();
    expect(unsubscribe).toHaveBeenCalled();
  });
});
