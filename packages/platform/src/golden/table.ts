import type { GoldenResult, GoldenStatus } from './result';

const MARKS: Record<GoldenStatus, string> = {
  passed: 'ok',
  failed: 'FAILED',
  skipped: 'skipped',
};
const HEAD = ['', 'group', 'check', 'found', 'seconds'];

/** The rows in columns, and the sum as the last line. @public */
export function goldenTable(results: readonly GoldenResult[]): string {
  const rows = [
    HEAD,
    ...results.map(({ status, group, name, detail, seconds }) => [
      MARKS[status],
      group,
      name,
      detail.replace(/\s+/g, ' '),
      seconds === undefined ? '' : seconds.toFixed(1),
    ]),
  ];
  // Details are long: the columns behind them would be out of sight.
  const order = [0, 1, 2, 4, 3];
  const widths = order.map(column =>
    Math.max(...rows.map(row => row[column].length)),
  );
  const lines = rows.map(row =>
    order
      .map((column, i) => row[column].padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
  const count = (status: GoldenStatus) =>
    results.filter(result => result.status === status).length;
  const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
  return `${lines.join('\n')}\n\n${count('passed')} passed, ${count(
    'failed',
  )} failed${skipped}\n`;
}
