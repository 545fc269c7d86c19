import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router-dom';
import { panelProps, tableFrame } from '../testUtils';
import { columnsOf, columnWidths } from './columns';
import { footerOf } from './footer';
import { sortRows } from './sortRows';
import { TablePanel } from './TablePanel';

function columns(
  data: Record<string, unknown[]>,
  overrides: Array<{ name: string; id: string; value: unknown }> = [],
) {
  const { frames } = panelProps('table', [tableFrame(data)], {
    fieldConfig: {
      overrides: overrides.map(({ name, id, value }) => ({
        matcher: { id: 'byName', options: name },
        properties: [{ id, value }],
      })),
    },
  }).data;
  return columnsOf(frames[0], frames);
}

describe('columns', () => {
  const data = { pod: ['a'], memory: [1], secret: ['x'] };

  it('are hidden, aligned and drawn as the dashboard says', () => {
    const result = columns(data, [
      { name: 'secret', id: 'custom.hidden', value: true },
      {
        name: 'memory',
        id: 'custom.cellOptions',
        value: { type: 'gauge', mode: 'lcd' },
      },
    ]);
    expect(
      result.map(({ name, align, kind, look }) => [name, align, kind, look]),
    ).toEqual([
      ['pod', 'left', 'auto', 'basic'],
      ['memory', 'right', 'gauge', 'lcd'],
    ]);
  });

  it('understands the old names of cells', () => {
    const [, memory] = columns(data, [
      { name: 'memory', id: 'custom.displayMode', value: 'gradient-gauge' },
    ]);
    expect([memory.kind, memory.look]).toEqual(['gauge', 'gradient']);
  });

  it('fill the room that fixed ones leave', () => {
    const result = columns(data, [
      { name: 'pod', id: 'custom.width', value: 100 },
    ]);
    expect(columnWidths(result, 400)).toEqual([100, 150, 150]);
    expect(columnWidths(result, 120)).toEqual([100, 150, 150]);
  });
});

describe('sorting', () => {
  const [field] = columns({ value: [3, null, 1, NaN, 2] }).map(c => c.field);

  it('counts numbers as numbers and puts missing ones last', () => {
    expect(sortRows(field, 5, false)).toEqual([2, 4, 0, 1, 3]);
    expect(sortRows(field, 5, true)).toEqual([0, 4, 2, 1, 3]);
  });

  it('sorts pod-10 after pod-9', () => {
    const [pod] = columns({ pod: ['pod-10', 'pod-9'] });
    expect(sortRows(pod.field, 2, false)).toEqual([1, 0]);
  });
});

describe('footer', () => {
  const all = columns({ pod: ['a', 'b'], memory: [1, 2], cpu: [4, 6] });

  it('reduces the columns that the dashboard names', () => {
    const footer = { show: true, reducer: ['sum'], fields: ['memory'] };
    expect(footerOf({ footer }, all, 2)).toEqual(['Total', '3', '']);
  });

  it('counts rows, and is not there unless asked for', () => {
    const footer = { show: true, reducer: ['count'], countRows: true };
    expect(footerOf({ footer }, all, 2)).toEqual(['Count: 2', '', '']);
    expect(footerOf({}, all, 2)).toBeUndefined();
  });
});

describe('a table panel', () => {
  it('shows some of many rows and says how many there are', async () => {
    const count = 5_000;
    // jsdom has no layout; the table asks how much of it is in sight.
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(300);
    jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(600);
    render(
      <TablePanel
        {...panelProps('table', [
          tableFrame({
            pod: Array.from({ length: count }, (_, i) => `pod-${i}`),
            memory: Array.from({ length: count }, (_, i) => i),
          }),
        ])}
      />,
    );
    const table = screen.getByRole('table');
    expect(table).toHaveAttribute('aria-rowcount', String(count + 1));
    expect(within(table).getAllByRole('row').length).toBeLessThan(60);

    await userEvent.click(screen.getByRole('button', { name: 'memory' }));
    await userEvent.click(screen.getByRole('button', { name: /memory/ }));
    expect(within(table).getAllByRole('row')[1]).toHaveTextContent('pod-4999');
    jest.restoreAllMocks();
  });

  it.each(['auto', 'data-links'])(
    'links its %s cells to where the page says',
    type => {
      const props = panelProps('table', [tableFrame({ pod: ['a b'] })], {
        resolveUrl: url =>
          url.startsWith('/d/')
            ? { href: url.replace('/d/', '/dashboards/main/'), external: false }
            : undefined,
        fieldConfig: {
          defaults: {
            links: [
              { title: 'gone', url: 'elsewhere' },
              { title: 'go', url: '/d/pods?var-pod=${__value.text}' },
            ],
            custom: { cellOptions: { type } },
          },
        },
      });
      render(
        <MemoryRouter>
          <TablePanel {...props} />
        </MemoryRouter>,
      );
      expect(screen.getByRole('link')).toHaveAttribute(
        'href',
        '/dashboards/main/pods?var-pod=a%20b',
      );
      expect(screen.getByRole('cell')).toHaveTextContent(
        type === 'auto' ? 'a b' : 'gonego',
      );
    },
  );

  it('makes no link of what would run', () => {
    const props = panelProps('table', [tableFrame({ url: ['x'] })], {
      fieldConfig: {
        defaults: {
          // eslint-disable-next-line no-script-url -- what must not become a link
          links: [{ title: 'go', url: 'javascript:alert(1)' }],
        },
      },
    });
    render(<TablePanel {...props} />);
    expect(screen.getByText('x')).toBeInTheDocument();
    expect(screen.queryByRole('link')).toBeNull();
  });
});

describe('a gauge', () => {
  it.each([
    ['color', 'green', '34'],
    ['text', '', '34'],
    ['hidden', undefined, ''],
  ])('has its number in %s', (valueDisplayMode, color, text) => {
    render(
      <TablePanel
        {...panelProps('table', [tableFrame({ memory: [34] })], {
          fieldConfig: {
            defaults: {
              color: { mode: 'fixed', fixedColor: 'green' },
              custom: { cellOptions: { type: 'gauge', valueDisplayMode } },
            },
          },
        })}
      />,
    );
    const cell = screen.getByRole('cell');
    expect(cell.textContent).toBe(text);
    const number = cell.querySelector<HTMLElement>('span > span:last-child');
    expect(Boolean(number?.style.color)).toBe(Boolean(color));
  });
});
