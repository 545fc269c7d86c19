import { useMemo } from 'react';
import { plural } from '@llm-platform/plugin-models-react';
import { ScrollRegion } from '../scroll';
import type { PanelProps } from '../types';
import { marksTable } from './marksTable';
import { tablesOf, type PlainTable } from './tableOf';
import css from './DataTable.module.css';

/** The types with a time axis that marks stand on. */
const MARKED_TYPES = new Set([
  'timeseries',
  'heatmap',
  'state-timeline',
  'status-history',
]);

/** The data behind a panel's picture as plain tables; the marks across its time are one more. */
export function DataTable(
  props: Pick<PanelProps, 'type' | 'title' | 'data' | 'timeZone'>,
) {
  const { type, title, data, timeZone } = props;
  const tables = useMemo(() => tablesOf(data.frames), [data.frames]);
  const marks = useMemo(
    () =>
      MARKED_TYPES.has(type)
        ? marksTable(data.annotations, data.timeRange, timeZone)
        : undefined,
    [type, data.annotations, data.timeRange, timeZone],
  );
  return (
    <ScrollRegion
      className={css.scroll}
      label={`${title || 'Panel'} as a table`}
    >
      {tables.map((table, index) => (
        <Rows key={index} table={table} />
      ))}
      {marks ? <Rows table={marks} label="Marks" /> : undefined}
    </ScrollRegion>
  );
}

function Rows({ table, label }: { table: PlainTable; label?: string }) {
  return (
    <table className={css.table} aria-label={label}>
      <thead>
        <tr>
          {table.headings.map((heading, column) => (
            <th key={column} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, line) => (
          <tr key={line}>
            {row.map((text, column) => (
              <td key={column}>{text}</td>
            ))}
          </tr>
        ))}
      </tbody>
      {table.left > 0 ? (
        <caption>
          {plural(table.left, 'older row')} left out; the CSV has all.
        </caption>
      ) : undefined}
    </table>
  );
}
