import { render, screen, within } from '@testing-library/react';
import { FROM, panelProps, seriesFrame, TO } from '../testUtils';
import { DataTable } from './DataTable';

const mark = (time: number, title: string, timeEnd?: number) => ({
  time,
  timeEnd,
  title,
  text: `about ${title}`,
  tags: ['deploy', 'eval'],
  color: '#5794f2',
});

function show(type: string) {
  render(
    <DataTable
      {...panelProps(type, [seriesFrame('requests', [1, 2])], {
        data: {
          annotations: [
            mark(FROM - 120_000, 'over', FROM - 60_000),
            mark(FROM - 60_000, 'gateway', FROM + 60_000),
            mark(FROM + 120_000, 'judge'),
            mark(TO + 1, 'later'),
          ],
        },
      })}
    />,
  );
}

it('the marks across the time of a picture are a table of their own', () => {
  show('timeseries');
  const rows = within(screen.getByRole('table', { name: 'Marks' }))
    .getAllByRole('row')
    .map(row => [...row.children].map(({ textContent }) => textContent));
  expect(rows).toEqual([
    ['From', 'To', 'Mark', 'Text', 'Tags'],
    ['2026-11-23 12:02:00', '', 'judge', 'about judge', 'deploy, eval'],
    [
      '2026-11-23 11:59:00',
      '2026-11-23 12:01:00',
      'gateway',
      'about gateway',
      'deploy, eval',
    ],
  ]);
});

it('a picture without a time axis has no marks', () => {
  show('stat');
  expect(screen.getAllByRole('table')).toHaveLength(1);
});
