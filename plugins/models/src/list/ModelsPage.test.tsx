import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  modelsApiRef,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import {
  createModelsApiMock,
  listOf,
  modelSummary,
} from '@llm-platform/plugin-models-react/testUtils';
import { ModelsPage } from './ModelsPage';

function Url() {
  const { pathname, search } = useLocation();
  return <p data-testid="url">{pathname + search}</p>;
}

function renderList(listModels: ModelsApi['listModels'], url = '/') {
  return renderInTestApp(
    <>
      <ModelsPage />
      <Url />
    </>,
    {
      apis: [[modelsApiRef, createModelsApiMock({ listModels })]],
      initialRouteEntries: [url],
    },
  );
}

const three = [
  modelSummary({ name: 'alpha', team: 'quant', namespace: 'quant' }),
  modelSummary({
    name: 'beta',
    team: 'eval',
    namespace: 'eval',
    state: 'Failing',
    reason: 'KV cache too small',
  }),
  modelSummary({
    name: 'gamma',
    team: 'eval',
    namespace: 'eval',
    state: 'Waiting',
    modelId: 'Qwen/Qwen2.5-7B',
    simulated: 'GPU',
  }),
];

const names = () =>
  within(screen.getByRole('table', { name: 'Models' }))
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('link')[0].textContent);

describe('ModelsPage', () => {
  it('filters by text, state and team, in the URL', async () => {
    const user = userEvent.setup();
    renderList(async () => listOf(three));
    expect(await screen.findByText('KV cache too small')).toBeInTheDocument();
    expect(names()).toEqual(['alpha', 'beta', 'gamma']);
    expect(screen.getByText('3 models')).toBeInTheDocument();
    expect(screen.getByText('simulated')).toBeInTheDocument();

    await user.keyboard('/');
    expect(
      screen.getByRole('searchbox', { name: 'Search models' }),
    ).toHaveFocus();
    await user.keyboard('qwen');
    await waitFor(() => expect(names()).toEqual(['gamma']));
    expect(screen.getByTestId('url')).toHaveTextContent('?q=qwen');
    expect(screen.getByText('1 of 3 models')).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Failing 1' }));
    expect(await screen.findByText('No model matches')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(names()).toEqual(['alpha', 'beta', 'gamma']));

    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Team' }),
      'eval',
    );
    await waitFor(() => expect(names()).toEqual(['beta', 'gamma']));
    expect(screen.getByTestId('url')).toHaveTextContent('?team=eval');
  });

  it('opens with the filter and order of its URL', async () => {
    renderList(async () => listOf(three), '/?state=Failing,Waiting&sort=-name');

    await screen.findByText('2 of 3 models');
    expect(names()).toEqual(['gamma', 'beta']);
    expect(screen.getByRole('columnheader', { name: 'Model' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  it('is walked with arrows and opened with enter', async () => {
    const user = userEvent.setup();
    renderList(async () => listOf(three));
    await screen.findByText('3 models');

    await user.keyboard('/{ArrowDown}');
    expect(screen.getByRole('link', { name: 'alpha' })).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'beta' })).toHaveFocus();
    await user.keyboard('{End}');
    expect(screen.getByRole('link', { name: 'gamma' })).toHaveFocus();
    await user.keyboard('{Home}{ArrowUp}');
    expect(
      screen.getByRole('searchbox', { name: 'Search models' }),
    ).toHaveFocus();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByTestId('url')).toHaveTextContent(
      '/models/embedded/quant/alpha',
    );
  });

  it('renders a window of 500 rows and still finds each', async () => {
    const user = userEvent.setup();
    renderList(async () =>
      listOf(
        Array.from({ length: 500 }, (_, index) =>
          modelSummary({ name: `model-${String(index).padStart(3, '0')}` }),
        ),
      ),
    );

    const table = await screen.findByRole('table', { name: 'Models' });
    expect(table).toHaveAttribute('aria-rowcount', '501');
    expect(within(table).getAllByRole('row').length).toBeLessThan(100);

    await user.keyboard('/487');
    await waitFor(() => expect(names()).toEqual(['model-487']));
  });

  it('says what will be here when there is nothing', async () => {
    renderList(async () => listOf([]));

    expect(await screen.findByText('No models yet')).toBeInTheDocument();
    expect(
      screen.getAllByRole('link', { name: 'Deploy a model' }),
    ).not.toHaveLength(0);
  });

  it('keeps what it knows of a cluster that does not answer, and says so', async () => {
    renderList(async () =>
      listOf(
        [
          modelSummary({
            state: 'Unknown',
            lastSeen: new Date(Date.now() - 600_000).toISOString(),
          }),
        ],
        [
          {
            cluster: 'embedded',
            state: 'unreachable',
            message: 'connection refused',
          },
        ],
      ),
    );

    expect(await screen.findByText('10 min ago')).toBeInTheDocument();
    expect(
      screen.getByText(/Cluster embedded does not answer/),
    ).toBeInTheDocument();
  });

  it('explains a failure and retries', async () => {
    const user = userEvent.setup();
    let broken = true;
    renderList(async () => {
      if (broken) {
        throw Object.assign(new Error('not filled yet'), {
          name: 'ServiceUnavailableError',
          statusCode: 404,
        });
      }
      return listOf(three);
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'not filled yet',
    );
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('3 models')).toBeInTheDocument();
  });
});
