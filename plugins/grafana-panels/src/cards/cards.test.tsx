import { screen, within } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { grafanaPanelsApiRef, type GrafanaPanelsApi } from '../data';
import { answering, demoApi } from '../__testUtils__/fixtures';
import { layOutPage } from '../__testUtils__/layout';
import { EntityPanelCards } from './EntityPanelCards';
import { TeamPanels } from './TeamPanels';

layOutPage();

const apis = (answers: Partial<GrafanaPanelsApi> = {}) => ({
  apis: [[grafanaPanelsApiRef, demoApi(answers)]] as const,
});

const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'judge' },
};

describe('panels elsewhere', () => {
  it('are on an entity, with its facts as variables', async () => {
    const { asked, query } = answering();
    renderInTestApp(
      <EntityProvider entity={ENTITY}>
        <EntityPanelCards
          placed={[
            {
              dashboard: 'files/demo',
              panel: '1',
              title: 'Mine',
              from: 'now-2h',
              to: 'now',
              variables: { model: '{metadata.name}' },
            },
            {
              dashboard: 'files/demo',
              panel: '2',
              filter: { kind: 'Group' },
            },
          ]}
        />
      </EntityProvider>,
      apis({ query }),
    );
    const card = await screen.findByRole('region', { name: 'Mine' });
    expect(await within(card).findByText('=pod-a')).toBeInTheDocument();
    expect(
      within(card).getByRole('link', { name: 'Dashboard' }),
    ).toHaveAttribute(
      'href',
      '/dashboards/files/demo?from=now-2h&to=now&var-model=judge',
    );
    expect(screen.queryByRole('region', { name: /^Note/ })).toBeNull();
    const rates = asked.filter(({ queries }) =>
      queries.some(({ expr }) => expr.includes('{model="judge"}')),
    );
    expect(rates.map(({ from, to }) => to - from)).toEqual([2 * 3_600_000]);
  });

  it('are on the page of a team, with the way to all of them', async () => {
    const getDashboard = jest.fn(demoApi().getDashboard);
    renderInTestApp(
      <TeamPanels
        team="eval"
        placed={['1', '2'].map(panel => ({
          dashboard: 'files/demo',
          panel,
          variables: { team: '{team}' },
        }))}
      />,
      apis({ getDashboard }),
    );
    expect(
      await screen.findByRole('region', { name: 'Requests of judge' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Whole dashboard' }),
    ).toHaveAttribute('href', '/dashboards/files/demo?var-team=eval');
    // Cards of one dashboard read it once.
    expect(getDashboard).toHaveBeenCalledTimes(1);
  });

  it('lead to Grafana where the portal cannot draw them', async () => {
    renderInTestApp(
      <TeamPanels
        team="eval"
        placed={[
          {
            dashboard: 'files/demo',
            panel: '4',
            from: 'now-2h',
            to: 'now',
            variables: { team: '{team}' },
          },
        ]}
      />,
      apis(),
    );
    expect(
      await screen.findByRole('link', { name: /Open it in Grafana/ }),
    ).toHaveAttribute(
      'href',
      'https://grafana.example/d/demo?from=now-2h&to=now&viewPanel=4&var-team=eval',
    );
  });

  it('say that a panel is not there', async () => {
    renderInTestApp(
      <TeamPanels
        team="eval"
        placed={[{ dashboard: 'files/demo', panel: '99' }]}
      />,
      apis(),
    );
    expect(await screen.findByText('No panel 99')).toBeInTheDocument();
  });
});
