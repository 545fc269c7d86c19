import { screen, within } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  modelsApiRef,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import {
  createModelsApiMock,
  diagnosis,
  listOf,
  modelSummary,
  overview,
} from '@llm-platform/plugin-models-react/testUtils';
import { HomePage } from './HomePage';

function renderHome(methods: Partial<ModelsApi>) {
  return renderInTestApp(<HomePage />, {
    apis: [[modelsApiRef, createModelsApiMock(methods)]],
  });
}

describe('HomePage', () => {
  it('leads with what needs attention, then the jobs, the figures and my models', async () => {
    renderHome({
      getOverview: async () =>
        overview({
          attention: [
            diagnosis({ severity: 'warning', title: 'Waits for a node' }),
            {
              ...diagnosis(),
              ref: { cluster: 'c', namespace: 'eval', name: 'mistral-7b' },
              team: 'eval',
            },
          ],
          models: { ...overview().models, ready: 6, failing: 1 },
          gpus: { capacity: 8, allocated: 5, pending: 1, free: 3 },
        }),
      listModels: async () =>
        listOf([
          modelSummary({ name: 'mine' }),
          modelSummary({ name: 'other', team: 'eval' }),
        ]),
    });

    const attention = await screen.findByRole('region', {
      name: /Needs attention/,
    });
    const items = within(attention).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('mistral-7b · eval');
    expect(items[0]).toHaveTextContent('KV cache too small');
    expect(items[1]).toHaveTextContent('Waits for a node');
    expect(
      within(attention).getByRole('link', { name: 'Show mistral-7b' }),
    ).toHaveAttribute('href', '/models/c/eval/mistral-7b');

    expect(
      screen.getByRole('link', { name: 'Deploy a model' }),
    ).toHaveAttribute('href', '/create/templates/default/model-deployment');
    expect(screen.getByRole('link', { name: 'Open my team' })).toHaveAttribute(
      'href',
      '/teams/quant',
    );
    expect(screen.getByRole('link', { name: 'Try a prompt' })).toHaveAttribute(
      'href',
      '/playground',
    );

    const glance = screen.getByRole('region', {
      name: 'The platform at a glance',
    });
    expect(
      within(glance).getByRole('link', { name: '1 failing' }),
    ).toHaveAttribute('href', '/models?state=Failing');
    expect(
      within(glance).getByRole('link', { name: '5 held' }),
    ).toHaveAttribute('href', '/gpus');

    expect(await screen.findByRole('link', { name: 'mine' })).toHaveAttribute(
      'href',
      '/models/embedded/quant/mine',
    );
    expect(screen.queryByRole('link', { name: 'other' })).toBeNull();
  });

  it('takes one line when nothing needs attention, and offers the first model', async () => {
    renderHome({
      getOverview: async () => overview(),
      listModels: async () => listOf([]),
    });

    expect(
      await screen.findByText('Nothing needs attention'),
    ).toBeInTheDocument();
    expect(await screen.findByText('No models yet')).toBeInTheDocument();
  });

  it('shows how far the start is until it is finished', async () => {
    renderHome({
      getOverview: async () =>
        overview({
          status: {
            clusters: [],
            bootstrap: [
              { id: 'install', title: 'Install packages', status: 'done' },
              {
                id: 'build',
                title: 'Build the control plane',
                status: 'running',
                message: '41 of 63 packages',
              },
              { id: 'apply', title: 'Apply the platform', status: 'pending' },
            ],
          },
        }),
    });

    const progress = await screen.findByRole('progressbar', {
      name: 'Start of the platform',
    });
    expect(progress).toHaveAttribute('aria-valuenow', '1');
    expect(progress).toHaveAttribute('aria-valuemax', '3');
    expect(screen.getByText('41 of 63 packages')).toBeInTheDocument();
    expect(screen.queryByText('Needs attention')).toBeNull();
  });

  it('does not wait for what goes on in the background, and says how far it is', async () => {
    renderHome({
      getOverview: async () =>
        overview({
          status: {
            clusters: [],
            bootstrap: [
              { id: 'apply', title: 'Apply the platform', status: 'done' },
              {
                id: 'prometheus',
                title: 'Prometheus',
                background: true,
                status: 'running',
                message: '40 %',
              },
            ],
          },
        }),
    });

    expect(await screen.findByText('Needs attention')).toBeInTheDocument();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(
      screen.getByText(
        'Prometheus is being made ready in the background: 40 %',
      ),
    ).toBeInTheDocument();
  });

  it('says what failed in a start, and where the details are', async () => {
    renderHome({
      getOverview: async () =>
        overview({
          status: {
            clusters: [],
            bootstrap: [
              {
                id: 'build',
                title: 'Build the control plane',
                status: 'failed',
                message: 'Go 1.24 is needed',
              },
            ],
          },
        }),
    });

    expect(
      await screen.findByText('The platform did not start'),
    ).toBeInTheDocument();
    expect(screen.getByText('Go 1.24 is needed')).toBeInTheDocument();
  });

  it('says since when a cluster does not answer', async () => {
    renderHome({
      getOverview: async () =>
        overview({
          status: {
            clusters: [
              {
                name: 'embedded',
                state: 'unreachable',
                message: 'connection refused',
                since: new Date(Date.now() - 40_000).toISOString(),
                readOnly: false,
                embedded: true,
              },
            ],
          },
        }),
      listModels: async () => listOf([modelSummary()]),
    });

    expect(
      await screen.findByText(/Cluster embedded does not answer/),
    ).toHaveTextContent('since 40 s ago: connection refused');
  });

  it('shows no zero for a cluster that was not read', async () => {
    const facts = overview();
    renderHome({
      getOverview: async () =>
        overview({
          status: {
            clusters: facts.status.clusters.map(cluster => ({
              ...cluster,
              state: 'connecting',
            })),
          },
          models: { ...facts.models, ready: 0 },
          pods: { running: 0, pending: 0, failing: 0 },
          gpus: { capacity: 0, allocated: 0, pending: 0, free: 0 },
        }),
      listModels: async () =>
        listOf(
          [],
          [{ cluster: 'embedded', state: 'connecting', message: 'connecting' }],
        ),
    });

    expect(await screen.findAllByText('not read yet')).toHaveLength(3);
    expect(
      await screen.findByText(/Cluster embedded is being read/),
    ).toBeInTheDocument();
    expect(screen.queryByText('No models yet')).toBeNull();
  });

  it('explains a failure and offers a retry', async () => {
    renderHome({
      getOverview: async () => {
        throw Object.assign(new Error('no'), { name: 'NotAllowedError' });
      },
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see the platform',
    );
  });
});
