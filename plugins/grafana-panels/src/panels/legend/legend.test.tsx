import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { panelProps, seriesFrame } from '../testUtils';
import { calcValues } from './calcValues';
import { Legend } from './Legend';
import { legendOf } from './legendOptions';
import { toggleName } from './visibility';

describe('switching curves off', () => {
  const names = ['a', 'b', 'c'];
  const none: ReadonlySet<string> = new Set();

  it('shows one alone, then all again', () => {
    const alone = toggleName(none, names, 'a', false);
    expect([...alone]).toEqual(['b', 'c']);
    expect([...toggleName(alone, names, 'a', false)]).toEqual([]);
    expect([...toggleName(alone, names, 'b', false)]).toEqual(['a', 'c']);
  });

  it('switches only one with Ctrl, but never the last', () => {
    const one = toggleName(none, names, 'a', true);
    expect([...one]).toEqual(['a']);
    expect([...toggleName(one, names, 'a', true)]).toEqual([]);
    const last = toggleName(new Set(['a', 'b']), names, 'c', true);
    expect([...last]).toEqual([]);
  });
});

describe('figures of a legend', () => {
  it('are those of Grafana, in the unit of the field', () => {
    const { data } = panelProps(
      'timeseries',
      [seriesFrame('a', [1, null, 3])],
      {
        fieldConfig: { defaults: { unit: 's' } },
      },
    );
    const values = calcValues(data.frames[0].fields[1], [
      'lastNotNull',
      'mean',
      'count',
      'no such reducer',
    ]);
    expect(values.map(({ title, text }) => `${title} ${text}`)).toEqual([
      'Last * 3 s',
      'Mean 2 s',
      'Count 2',
    ]);
  });
});

describe('a legend as a table', () => {
  const item = (name: string, numeric: number) => ({
    name,
    color: '#4353c9',
    values: [{ title: 'Mean', text: `${numeric} s`, numeric }],
  });

  it('is sorted by its headings and leaves what has no value at the end', async () => {
    render(
      <Legend
        options={legendOf({
          legend: { displayMode: 'table', sortBy: 'Mean', sortDesc: true },
        })}
        items={[item('a', 1), item('b', NaN), item('c', 3)]}
        hidden={new Set()}
        onToggle={() => undefined}
      />,
    );
    const order = () =>
      screen
        .getAllByRole('row')
        .slice(1)
        .map(row => within(row).getByRole('button').textContent);
    expect(order()).toEqual(['c', 'a', 'b']);

    await userEvent.click(screen.getByRole('button', { name: /Mean/ }));
    expect(order()).toEqual(['a', 'c', 'b']);
    expect(screen.getByRole('columnheader', { name: /Mean/ })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
  });

  it('says which curves are off and hears clicks with and without Ctrl', async () => {
    const onToggle = jest.fn();
    render(
      <Legend
        options={legendOf({})}
        items={[item('a', 1), item('b', 2)]}
        hidden={new Set(['b'])}
        onToggle={onToggle}
      />,
    );
    expect(screen.getByRole('button', { name: 'b' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'a' }));
    await user.keyboard('{Control>}');
    await user.click(screen.getByRole('button', { name: 'a' }));
    expect(onToggle.mock.calls).toEqual([
      ['a', false],
      ['a', true],
    ]);
  });
});
