import { screen, within } from '@testing-library/react';
import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  modelsApiRef,
  TeamSectionBlueprint,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import {
  createModelsApiMock,
  diagnosis,
  gpuAllocation,
  listOf,
  modelSummary,
} from '@llm-platform/plugin-models-react/testUtils';
import type {
  ClusterError,
  TeamView,
} from '@llm-platform/plugin-models-common';
import { EntityTeamContent } from './entity';
import { TeamPage } from './team';
import { TeamsPage } from './list';
import { TeamsRouter } from './TeamsRouter';
import { teamsPlugin } from './plugin';
import plugin from '.';

const team = (facts: Partial<TeamView> = {}): TeamView => ({
  team: 'eval',
  namespaces: [{ cluster: 'embedded', name: 'eval' }],
  services: [
    {
      cluster: 'embedded',
      namespace: 'eval',
      name: 'eval-api',
      team: 'eval',
      route: 'eval',
      state: 'Ready',
      replicas: { desired: 2, ready: 2 },
    },
  ],
  models: [
    modelSummary({ name: 'judge', team: 'eval', state: 'Waiting' }),
    modelSummary({ name: 'mistral', team: 'eval', state: 'Failing' }),
  ],
  gpus: { allocated: 1, pending: 2 },
  attention: [diagnosis()],
  errors: [],
  version: 1,
  ...facts,
});

const apis = (methods: Partial<ModelsApi>) => ({
  apis: [[modelsApiRef, createModelsApiMock(methods)] as const],
});

describe('plugin teams', () => {
  it('declares its page and the tab of a group', () => {
    expect(plugin).toBe(teamsPlugin);
    const page = createExtensionTester(teamsPlugin.getExtension('page:teams'));
    expect(page.get(coreExtensionData.routePath)).toBe('/teams');
    expect(page.get(coreExtensionData.title)).toBe('Teams');
    expect(page.get(coreExtensionData.icon)).toBeDefined();
    expect(teamsPlugin.getExtension('entity-content:teams/team')).toBeDefined();
  });

  it('lists the teams with the state of their models and their GPUs', async () => {
    renderInTestApp(
      <TeamsPage />,
      apis({
        listTeams: async () => listOf([{ team: 'eval' }, { team: 'quant' }]),
        listModels: async () => listOf(team().models),
        getGpus: async () =>
          gpuAllocation({
            byTeam: [{ team: 'eval', allocated: 1, pending: 2 }],
          }),
      }),
    );

    const table = await screen.findByRole('table', { name: 'Teams' });
    expect(
      await within(table).findByRole('link', { name: '1 failing' }),
    ).toHaveAttribute('href', '/models?team=eval&state=Failing');
    expect(
      await within(table).findByRole('row', { name: 'quant none 0 0' }),
    ).toBeInTheDocument();
    expect(
      within(table).getByRole('row', { name: /^eval .* 1 2$/ }),
    ).toBeInTheDocument();
  });

  it('says what a person in no team can do', async () => {
    renderInTestApp(
      <TeamsPage />,
      apis({
        listTeams: async () => listOf([]),
        listModels: async () => listOf([]),
        getGpus: async () => gpuAllocation(),
      }),
    );
    expect(await screen.findByText('You are in no team')).toBeInTheDocument();
  });

  it('does not say that there is nothing while a cluster was not read', async () => {
    const errors: ClusterError[] = [
      { cluster: 'embedded', state: 'starting', message: 'starting' },
    ];
    renderInTestApp(
      <TeamsPage />,
      apis({
        listTeams: async () => listOf([], errors),
        listModels: async () => listOf([], errors),
        getGpus: async () => ({ ...gpuAllocation(), errors }),
      }),
    );
    expect(
      (await screen.findAllByText(/Cluster embedded is starting/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByText('You are in no team')).toBeNull();
  });

  it('leads back from an address that is no page', async () => {
    renderInTestApp(<TeamsRouter />, {
      ...apis({}),
      initialRouteEntries: ['/eval/unknown'],
    });
    expect(
      await screen.findByText('There is no such page'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All teams' })).toHaveAttribute(
      'href',
      '/teams',
    );
  });

  it('shows one team: state, findings, models, services, GPUs', async () => {
    renderInTestApp(
      <TeamPage team="eval" />,
      apis({ getTeam: async () => team() }),
    );

    expect(await screen.findByText('KV cache too small')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: '1 waiting' })).toHaveAttribute(
      'href',
      '/models?team=eval&state=Waiting',
    );
    expect(screen.getByRole('link', { name: '1 held' })).toHaveAttribute(
      'href',
      '/gpus?by=team',
    );
    expect(screen.getByRole('link', { name: '2 waiting' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'mistral' })).toHaveAttribute(
      'href',
      '/models/embedded/quant/mistral',
    );
    expect(screen.getByRole('table', { name: 'Services' })).toHaveTextContent(
      'eval-api',
    );
  });

  it('has the sections of other plugins below its own', async () => {
    const page = createExtensionTester(
      teamsPlugin.getExtension('page:teams'),
    ).add(
      TeamSectionBlueprint.make({
        name: 'extra',
        params: {
          loader: async () => props => <p>More about {props.team}</p>,
        },
      }),
    );
    renderInTestApp(page.reactElement(), {
      ...apis({ getTeam: async () => team() }),
      initialRouteEntries: ['/eval'],
    });
    expect(await screen.findByText('More about eval')).toBeInTheDocument();
  });

  it('says what will be in an empty team', async () => {
    renderInTestApp(
      <TeamPage team="eval" />,
      apis({
        getTeam: async () => team({ models: [], services: [], attention: [] }),
      }),
    );
    expect(await screen.findByText('No models yet')).toBeInTheDocument();
    expect(screen.getByText('No services yet')).toBeInTheDocument();
    expect(screen.getByText('Nothing needs attention')).toBeInTheDocument();
  });

  it('explains a team of others', async () => {
    renderInTestApp(
      <TeamPage team="eval" />,
      apis({
        getTeam: async () => {
          throw Object.assign(new Error('no'), { name: 'NotAllowedError' });
        },
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see the team eval',
    );
  });

  it('is a tab of the catalog group', async () => {
    const getTeam = jest.fn().mockResolvedValue(team());
    renderInTestApp(
      <EntityProvider
        entity={{
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Group',
          metadata: { name: 'eval' },
        }}
      >
        <EntityTeamContent />
      </EntityProvider>,
      apis({ getTeam }),
    );
    expect(await screen.findByText('KV cache too small')).toBeInTheDocument();
    expect(getTeam).toHaveBeenCalledWith('eval');
  });
});
