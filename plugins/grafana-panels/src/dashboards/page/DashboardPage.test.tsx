import { useLocation } from 'react-router-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { grafanaPanelsApiRef, type GrafanaPanelsApi } from '../../data';
import { answering, DASHBOARD, demoApi } from '../../__testUtils__/fixtures';
import { layOutPage, scrollOutOfSight } from '../../__testUtils__/layout';
import { DashboardPage } from './DashboardPage';

layOutPage();

function Address() {
  const { search } = useLocation();
  return <output aria-label="Address">{decodeURIComponent(search)}</output>;
}

function show(answers: Partial<GrafanaPanelsApi> = {}, address = '/') {
  return renderInTestApp(
    <>
      <DashboardPage source="files" uid="demo" />
      <Address />
    </>,
    {
      apis: [[grafanaPanelsApiRef, demoApi(answers)]],
      initialRouteEntries: [address],
    },
  );
}

const address = () => screen.getByLabelText('Address').textContent;
const panel = (name: string | RegExp) => screen.findByRole('region', { name });

async function openMenu(name: string) {
  await userEvent.click(
    within(await panel(name)).getByRole('button', { name: /^Menu of/ }),
  );
  return await screen.findByRole('menu');
}

describe('a dashboard', () => {
  it('shows its panels with the variables that the address chooses', async () => {
    const { asked, query } = answering();
    show({ query }, '/?var-team=eval&from=now-3h&to=now');

    expect(
      await within(await panel('Requests of judge')).findByText('=pod-a'),
    ).toBeInTheDocument();
    const expressions = asked.flatMap(({ queries }) =>
      queries.map(({ expr }) => expr),
    );
    expect(expressions).toContain(
      'sum by (pod) (rate(requests_total{model="judge"}[1m]))',
    );
    expect(asked[0].to - asked[0].from).toBe(3 * 3_600_000);
    expect(
      screen.getByRole('button', { name: 'Last 3 hours' }),
    ).toBeInTheDocument();
    expect(document.title).toContain('Demo');
  });

  it('changes its variables, and those that follow from them, in the address', async () => {
    show();
    const note = await screen.findByRole('textbox', { name: 'note' });
    await userEvent.clear(note);
    await userEvent.type(note, 'a"b{Enter}');
    expect(await panel('Note: a"b')).toBeInTheDocument();
    expect(address()).toBe('?var-note=a"b');

    await userEvent.click(screen.getByRole('button', { name: 'team: quant' }));
    await userEvent.click(await screen.findByRole('option', { name: 'eval' }));
    expect(address()).toBe('?var-note=a"b&var-team=quant&var-team=eval');
    // The open list hides the rest of the page from readers, and from these queries.
    const hidden = true;
    expect(
      await screen.findByRole('button', { name: 'model: judge', hidden }),
    ).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('option', { name: 'All' }));
    expect(address()).toBe('?var-note=a"b&var-team=$__all');
    expect(
      await screen.findByRole('button', { name: 'team: All', hidden }),
    ).toBeInTheDocument();
  });

  it('folds its rows; what is folded asks nothing', async () => {
    show();
    await panel('Requests of smollm2');
    expect(screen.queryByRole('region', { name: 'Headlines' })).toBeNull();
    const row = screen.getByRole('button', {
      name: 'More about smollm2 1 panel',
    });
    await userEvent.click(row);
    expect(row).toHaveAttribute('aria-expanded', 'true');
    // A type that the portal can't draw says so and leads to Grafana.
    const link = within(await panel('Headlines')).getByRole('link', {
      name: /Grafana/,
    });
    expect(link).toHaveAttribute(
      'href',
      expect.stringMatching(
        /^https:\/\/grafana\.example\/d\/demo\?.*viewPanel=4/,
      ),
    );
  });

  it('shows one panel full size, and goes back', async () => {
    show();
    await panel('Requests of smollm2');
    await userEvent.click(
      within(await openMenu('Requests of smollm2')).getByRole('menuitem', {
        name: 'Full size',
      }),
    );
    expect(address()).toBe('?viewPanel=1');
    expect(screen.queryByRole('region', { name: 'Note: hello' })).toBeNull();
    await userEvent.keyboard('{Escape}');
    expect(await panel('Note: hello')).toBeInTheDocument();
    expect(address()).toBe('');
  });

  it('opens at the panel of an address, and says when there is none', async () => {
    show({}, '/?viewPanel=panel-99');
    expect(
      await screen.findByText('There is no such panel'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the dashboard' }),
    );
    expect(await panel('Note: hello')).toBeInTheDocument();
  });

  it('shows what Prometheus was asked, and saves the data as CSV', async () => {
    const saved: Blob[] = [];
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        saved.push(blob);
        return 'blob:x';
      },
      revokeObjectURL: () => undefined,
    });
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => undefined);
    show();
    await within(await panel('Requests of smollm2')).findByText('=pod-a');

    await userEvent.click(
      within(await openMenu('Requests of smollm2')).getByRole('menuitem', {
        name: 'What Prometheus was asked',
      }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'sum by (pod) (rate(requests_total{model="smollm2"}[1m]))',
    );
    await userEvent.keyboard('{Escape}');

    await userEvent.click(
      within(await openMenu('Requests of smollm2')).getByRole('menuitem', {
        name: 'Download CSV',
      }),
    );
    expect(click).toHaveBeenCalledTimes(1);
    expect(saved[0].type).toBe('text/csv');
    expect(saved[0].size).toBeGreaterThan(20);
    click.mockRestore();
  });

  it('reads again on demand, but only what is in sight', async () => {
    const { asked, query } = answering();
    show({ query }, '/?from=now-1h&to=now&refresh=');
    await within(await panel('Requests of smollm2')).findByText('=pod-a');
    const rows = () =>
      asked
        .flatMap(({ queries }) => queries)
        .filter(({ expr }) => expr.includes('requests_total')).length;
    expect(rows()).toBe(1);
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    await waitFor(() => expect(rows()).toBe(2));
    scrollOutOfSight();
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    await userEvent.click(screen.getByRole('button', { name: 'Deployments' }));
    expect(rows()).toBe(2);
    expect(address()).toContain('annotation-Deployments=off');
  });

  it.each([
    ['an absolute range', 'from=1700000000000&to=1700003600000'],
    ['today', 'from=now/d&to=now/d'],
  ])('reads %s again on demand, marks too', async (_, range) => {
    const { query } = answering();
    const ask = jest.fn(query);
    ask.mockImplementation(async ({ queries }) => ({
      asOf: 0,
      results: queries.map(({ refId }) => ({
        refId,
        error: { code: 'unreachable', message: 'Prometheus is away' },
      })),
    }));
    show({ query: ask }, `/?${range}&refresh=`);
    const requests = await panel('Requests of smollm2');
    expect(
      await within(requests).findByText('Prometheus is away'),
    ).toBeInTheDocument();
    const marks = 'Marks “Deployments” could not be read: Prometheus is away';
    expect(await screen.findByText(marks)).toBeInTheDocument();

    ask.mockImplementation(query);
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    expect(await within(requests).findByText('=pod-a')).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByText(marks)).toBeNull());
  });

  it('keeps what it has when Prometheus is gone, and says how old it is', async () => {
    const { query } = answering();
    const ask = jest.fn(query);
    show({ query: ask }, '/?refresh=');
    const requests = await panel('Requests of smollm2');
    await within(requests).findByText('=pod-a');
    ask.mockImplementation(async ({ queries }) => ({
      asOf: 0,
      results: queries.map(({ refId }) => ({
        refId,
        error: { code: 'unreachable', message: 'Prometheus is away' },
      })),
    }));
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    expect(await within(requests).findByText(/^as of /)).toBeInTheDocument();
    expect(within(requests).getByText('=pod-a')).toBeInTheDocument();
  });

  it('takes a time range by hand, and refuses what is none', async () => {
    show();
    await panel('Note: hello');
    await userEvent.click(screen.getByRole('button', { name: 'Last 1 hour' }));
    const from = await screen.findByRole('textbox', { name: 'From' });
    await userEvent.clear(from);
    await userEvent.type(from, 'soon{Enter}');
    expect(screen.getByText(/^No range/)).toBeInTheDocument();
    await userEvent.clear(from);
    await userEvent.type(from, 'now-2d{Enter}');
    expect(address()).toBe('?from=now-2d&to=now');
    expect(
      await screen.findByRole('button', { name: 'Last 2 days' }),
    ).toBeInTheDocument();
  });

  it('moves along the time by keys', async () => {
    show({}, '/?from=1700000000000&to=1700003600000');
    await panel('Note: hello');
    await userEvent.keyboard('t{ArrowLeft}');
    expect(address()).toBe('?from=1699998200000&to=1700001800000');
    await userEvent.keyboard('tz');
    expect(address()).toBe('?from=1699996400000&to=1700003600000');
  });

  it('says what is wrong with an address, and shows the last hour', async () => {
    show({}, '/?from=tomorrow&to=now');
    expect(
      await screen.findByText(
        'From tomorrow to now is no time range; the last hour is shown.',
      ),
    ).toBeInTheDocument();
  });

  it('says why a dashboard can not be drawn', async () => {
    show({
      getDashboard: async () => ({
        source: 'files',
        dashboard: { schemaVersion: 2, panels: 'none' },
        problems: [],
      }),
    });
    expect(
      await screen.findByText("The portal can't draw this dashboard"),
    ).toBeInTheDocument();
  });

  it.each([
    [404, 'Not found: the dashboard demo'],
    [403, 'You may not see the dashboard demo'],
  ])('explains HTTP %i', async (statusCode, text) => {
    show({
      getDashboard: async () => {
        throw Object.assign(new Error('no'), { statusCode });
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(text);
    expect(
      screen.getByRole('link', { name: 'All dashboards' }),
    ).toHaveAttribute('href', '/dashboards');
  });

  it('has a word for a dashboard without panels', async () => {
    show({
      getDashboard: async () => ({
        source: 'files',
        dashboard: { ...DASHBOARD, panels: [] },
        problems: [],
      }),
    });
    expect(await screen.findByText('No panels')).toBeInTheDocument();
  });
});
