import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { grafanaPanelsApiRef, type GrafanaPanelsApi } from '../../data';
import { DASHBOARDS } from '../../__testUtils__/fixtures';
import { createPanelsApiMock } from '../../__testUtils__/panelsApi';
import { DashboardsPage } from './DashboardsPage';

const show = (
  listDashboards: GrafanaPanelsApi['listDashboards'],
  address = '/',
) =>
  renderInTestApp(<DashboardsPage />, {
    apis: [[grafanaPanelsApiRef, createPanelsApiMock({ listDashboards })]],
    initialRouteEntries: [address],
  });

const titles = () =>
  within(screen.getByRole('table', { name: 'Dashboards' }))
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('link')[0].textContent);

describe('the dashboards', () => {
  it('are found by text and tag, and lead to their pages', async () => {
    show(async () => DASHBOARDS);
    expect(await screen.findByRole('link', { name: 'Demo' })).toHaveAttribute(
      'href',
      '/dashboards/files/demo',
    );
    expect(
      screen.getByRole('link', { name: 'GPU fleet in Grafana' }),
    ).toHaveAttribute('href', 'https://grafana.example/d/gpu');
    expect(titles()).toEqual(['Demo', 'GPU fleet']);

    await userEvent.keyboard('/');
    const search = screen.getByRole('searchbox', { name: 'Search dashboards' });
    expect(search).toHaveFocus();
    await userEvent.keyboard('hard fleet');
    expect(await screen.findByText('1 of 2 dashboards')).toBeInTheDocument();
    expect(titles()).toEqual(['GPU fleet']);
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'GPU fleet' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    expect(search).toHaveFocus();

    await userEvent.keyboard('xyz');
    expect(await screen.findByText('No dashboard matches')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(titles()).toEqual(['Demo', 'GPU fleet']);
    await userEvent.click(
      within(screen.getByRole('group', { name: 'Filter by tag' })).getByRole(
        'button',
        { name: 'gpu 1' },
      ),
    );
    expect(titles()).toEqual(['GPU fleet']);
  });

  it('can be linked with their filter', async () => {
    show(async () => DASHBOARDS, '/?source=main&tag=llm-platform');
    expect(await screen.findByText('1 of 2 dashboards')).toBeInTheDocument();
    expect(titles()).toEqual(['GPU fleet']);
  });

  it('are there although a source is not, which is said', async () => {
    show(async () => ({
      ...DASHBOARDS,
      problems: [{ source: 'main', message: 'does not answer' }],
    }));
    expect(
      await screen.findByText('main: does not answer'),
    ).toBeInTheDocument();
    expect(titles()).toEqual(['Demo', 'GPU fleet']);
  });

  it('say where they come from when there are none', async () => {
    show(async () => ({ items: [], problems: [] }));
    expect(await screen.findByText('No dashboards yet')).toBeInTheDocument();
  });

  it('can be asked for again when they could not be read', async () => {
    const list = jest
      .fn()
      .mockRejectedValueOnce(
        Object.assign(new Error('no such thing'), { statusCode: 400 }),
      )
      .mockResolvedValue(DASHBOARDS);
    show(list);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The dashboards could not be loaded',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('link', { name: 'Demo' }),
    ).toBeInTheDocument();
  });
});
