import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { TeamServiceDetail } from '@llm-platform/plugin-models-common';
import {
  modelsApiRef,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import { createModelsApiMock } from '@llm-platform/plugin-models-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityServiceCard } from './EntityServiceCard';

const REF = { cluster: 'embedded', namespace: 'quant', name: 'summaries' };

function detail(facts: Partial<TeamServiceDetail> = {}): TeamServiceDetail {
  return {
    ...REF,
    team: 'quant',
    route: 'quant',
    model: 'smollm2',
    repository: 'https://github.com/quant/summaries',
    state: 'Ready',
    replicas: { desired: 1, ready: 1 },
    spec: {} as TeamServiceDetail['spec'],
    revisions: [],
    pods: [],
    events: [],
    findings: [],
    endpoint: {
      internal: 'http://summaries.quant.svc.cluster.local:8000',
      gateway: 'http://127.0.0.1:30080/api/quant/predict',
    },
    ...facts,
  };
}

function open(service: TeamServiceDetail, methods: Partial<ModelsApi> = {}) {
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'quant-summaries',
      annotations: {
        'llm-platform.dev/cluster': REF.cluster,
        'llm-platform.dev/namespace': REF.namespace,
        'llm-platform.dev/name': REF.name,
      },
    },
    spec: { type: 'team-service' },
  };
  renderInTestApp(
    <EntityProvider entity={entity}>
      <EntityServiceCard />
    </EntityProvider>,
    {
      apis: [
        [
          modelsApiRef,
          createModelsApiMock({ getService: async () => service, ...methods }),
        ],
      ],
    },
  );
}

describe('the entity of a team service', () => {
  it('shows its health, its model, its source, and how it is called', async () => {
    const getService = jest.fn().mockResolvedValue(detail());
    open(detail(), { getService });
    expect(await screen.findByText('Ready', { selector: 'dt' })).toBeVisible();
    expect(getService).toHaveBeenCalledWith(REF);
    expect(screen.getByText('1/1')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'smollm2' })).toHaveAttribute(
      'href',
      '/models?q=smollm2',
    );
    expect(
      screen.getByRole('link', { name: 'https://github.com/quant/summaries' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /curl -X POST http:\/\/127\.0\.0\.1:30080\/api\/quant\/predict/,
      ),
    ).toBeInTheDocument();
  });

  it('says how a repository of this portal is cloned, which no browser can open', async () => {
    open(detail({ repository: 'file:///r/quant-summaries.git' }));
    expect(
      await screen.findByText('git clone file:///r/quant-summaries.git'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /file:/ })).toBeNull();
  });

  it('explains why it fails', async () => {
    open(
      detail({
        state: 'Failing',
        findings: [
          {
            cause: 'image-not-found',
            severity: 'error',
            phase: 'image-pulled',
            title: 'No such image',
            explanation: 'The registry has none.',
            evidence: [],
            remedy: 'Push it.',
          },
        ],
      }),
    );
    expect(await screen.findByText('No such image')).toBeInTheDocument();
    expect(screen.getByText(/Push it\./)).toBeInTheDocument();
  });

  it('deletes it once its name is typed', async () => {
    const removeService = jest
      .fn()
      .mockResolvedValue({ deleted: ['a'], leftovers: [] });
    open(detail(), { removeService });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog');
    const button = within(dialog).getByRole('button', { name: 'Delete' });
    expect(button).toBeDisabled();
    await user.type(within(dialog).getByRole('textbox'), 'summaries');
    await user.click(button);
    expect(removeService).toHaveBeenCalledWith(expect.objectContaining(REF));
  });

  it('offers no deletion of what the portal has not made', async () => {
    open(detail({ spec: undefined }));
    expect(await screen.findByText('1/1')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
  });
});
