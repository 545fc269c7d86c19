import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { grafanaPanelsApiRef } from '../../data';
import { DASHBOARD, demoApi } from '../../__testUtils__/fixtures';
import { layOutPage } from '../../__testUtils__/layout';
import { DashboardPage } from '../page';

layOutPage();

function show(dashboard: object, address = '/') {
  return renderInTestApp(<DashboardPage source="files" uid="demo" />, {
    apis: [
      [
        grafanaPanelsApiRef,
        demoApi({
          getDashboard: async () => ({
            source: 'files',
            dashboard: { ...DASHBOARD, ...dashboard },
            url: 'https://grafana.example/d/demo',
            problems: [],
          }),
        }),
      ],
    ],
    initialRouteEntries: [address],
  });
}

const addressOf = (link: HTMLElement) =>
  decodeURIComponent(link.getAttribute('href') ?? '');

describe('links of a dashboard', () => {
  const carrying = {
    links: [
      {
        type: 'link',
        title: 'Judge',
        url: '/d/models/x?var-model=judge',
        keepTime: true,
        includeVars: true,
      },
      { type: 'link', title: 'Bare', url: '/d/models' },
    ],
  };

  it('take along what is shown, also where the reader chose nothing', async () => {
    show(carrying);
    expect(addressOf(await screen.findByRole('link', { name: 'Judge' }))).toBe(
      '/dashboards/files/models?var-model=judge&from=now-1h&to=now&var-team=quant&var-note=hello',
    );
    expect(addressOf(screen.getByRole('link', { name: 'Bare' }))).toBe(
      '/dashboards/files/models',
    );
  });

  it('take along what the reader chose', async () => {
    show(carrying, '/?from=now-2d&to=now-1d&var-team=$__all&var-note=x');
    expect(addressOf(await screen.findByRole('link', { name: 'Judge' }))).toBe(
      '/dashboards/files/models?var-model=judge&from=now-2d&to=now-1d&var-team=$__all&var-note=x',
    );
  });
});

describe('links of panels', () => {
  it('stay in the portal, lead to that Grafana, or are text', async () => {
    show({
      panels: [
        {
          id: 1,
          type: 'text',
          title: 'Notes',
          gridPos: { x: 0, y: 0, w: 12, h: 8 },
          options: {
            content: '[Models](/d/models/x?var-model=$note) [Lost](lost)',
          },
          links: [
            { title: 'The GPUs', url: '/d/gpu' },
            { title: 'Explore', url: '/explore' },
            { title: 'Nowhere', url: 'nowhere' },
          ],
        },
      ],
    });
    const notes = await screen.findByRole('region', {
      name: 'Notes',
      busy: false,
    });
    expect(
      addressOf(await within(notes).findByRole('link', { name: 'Models' })),
    ).toBe('/dashboards/files/models?var-model=hello');
    expect(within(notes).queryByRole('link', { name: 'Lost' })).toBeNull();

    await userEvent.click(within(notes).getByRole('button', { name: /^Menu/ }));
    const item = (name: string) => screen.getByRole('menuitem', { name });
    expect(item('The GPUs')).toHaveAttribute('href', '/dashboards/files/gpu');
    expect(item('Explore')).toHaveAttribute(
      'href',
      'https://grafana.example/explore',
    );
    expect(item('Nowhere')).not.toHaveAttribute('href');
    expect(item('Nowhere')).toHaveAttribute('aria-disabled', 'true');
  });
});

it('the switch of a mark has a colour of Grafana, and fetches nothing', async () => {
  const [mark] = DASHBOARD.annotations.list;
  show({
    annotations: {
      list: [
        { ...mark, name: 'Named', iconColor: 'semi-dark-orange' },
        { ...mark, name: 'Fetched', iconColor: 'url(https://evil.example/x)' },
      ],
    },
  });
  const swatch = async (name: string) =>
    (await screen.findByRole('button', { name })).querySelector('i')!.style;
  expect((await swatch('Named')).backgroundColor).toMatch(/^rgb\(/);
  expect((await swatch('Fetched')).cssText).not.toContain('url(');
});
