import type { GoldenResult } from './result';

/** The results as a JUnit file: one suite per group, in the order of the rows. @public */
export function goldenJunit(results: readonly GoldenResult[]): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const suites = groups.map(group => {
    const rows = results.filter(result => result.group === group);
    return [
      `  <testsuite ${attributes({ name: group, ...counts(rows) })}>`,
      ...rows.map(testCase),
      '  </testsuite>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: 'golden-checks', ...counts(results) })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ group, name, status, detail, seconds }: GoldenResult) {
  const open = `    <testcase ${attributes({
    classname: group,
    name,
    time: (seconds ?? 0).toFixed(3),
  })}`;
  switch (status) {
    case 'failed':
      return `${open}><failure ${attributes({ message: detail })}/></testcase>`;
    case 'skipped':
      return `${open}><skipped ${attributes({ message: detail })}/></testcase>`;
    default:
      return `${open}><system-out>${escape(detail)}</system-out></testcase>`;
  }
}

function counts(rows: readonly GoldenResult[]) {
  const count = (status: string) =>
    String(rows.filter(row => row.status === status).length);
  return {
    tests: String(rows.length),
    failures: count('failed'),
    skipped: count('skipped'),
  };
}

function attributes(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escape(value)}"`)
    .join(' ');
}

/** XML has no way to write most control characters: they are left out. */
function escape(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- XML has no way to write these
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/\n/g, '&#10;')
  );
}
