import { useMemo } from 'react';
import { plural } from '@llm-platform/plugin-models-react';
import type { PanelProps } from '../types';
import { tablesOf } from './tableOf';
import css from './DataTable.module.css';

/** The data behind a panel's picture as plain tables. */
export function DataTable(props: Pick<PanelProps, 'title' | 'data'>) {
  const { title, data } = props;
  const tables = useMemo(() => tablesOf(data.frames), [data.frames]);
  return (
    <div
      className={css.scroll}
      role="region"
      aria-label={`${title || 'Panel'} as a table`}
      // It scrolls by the arrow keys.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {tables.map((table, index) => (
        <table key={index} className={css.table}>
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
      ))}
    </div>
  );
}
