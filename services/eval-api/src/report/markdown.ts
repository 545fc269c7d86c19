import type { Details } from './details';

const LONGEST_CELL = 200;

/** Text of a user or a model, as nothing but text in one cell of a table. */
function cell(text: string | undefined): string {
  if (text === undefined) {
    return '';
  }
  const cut =
    text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
  return cut
    .replace(/[\\`*_{}[\]()#+!|~<>&-]/g, '\\$&')
    .replace(/\s+/g, ' ')
    .trim();
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function verdict(passed: boolean | null): string {
  if (passed === null) {
    return 'undecided';
  }
  return passed ? 'passed' : 'failed';
}

/** The results of an evaluation for people. */
export function toMarkdown(evaluation: Details): string {
  const { counts, results } = evaluation;
  const share =
    counts.done > 0
      ? ` (${Math.round((counts.passed / counts.done) * 1000) / 10} %)`
      : '';
  return [
    evaluation.name === undefined
      ? `# Evaluation ${evaluation.id}`
      : `# ${cell(evaluation.name)}`,
    '',
    `- Status: ${evaluation.status}`,
    `- Variant: ${cell(evaluation.variant ?? 'default')}`,
    `- Created: ${evaluation.created_at}`,
    ...(evaluation.finished_at
      ? [`- Finished: ${evaluation.finished_at}`]
      : []),
    `- Done: ${counts.done} of ${counts.total}`,
    `- Passed: ${counts.passed}${share}, failed: ${counts.failed}, undecided: ${counts.errors}`,
    '',
    row(['Scorer', 'Passed', 'Failed', 'Undecided', 'Mean mark']),
    row(['---', '---', '---', '---', '---']),
    ...evaluation.scorers.map(one =>
      row([
        one.scorer.replace('_', ' '),
        String(one.passed),
        String(one.failed),
        String(one.undecided),
        one.mean_mark === undefined ? '' : String(one.mean_mark),
      ]),
    ),
    '',
    row(['Item', 'Result', 'Inputs', 'Expected', 'Answer', 'ms']),
    row(['---', '---', '---', '---', '---', '---']),
    ...results.map(one =>
      row([
        cell(one.id),
        verdict(one.passed),
        cell(one.inputs),
        cell(one.expected),
        one.error
          ? cell(`${one.error.error}: ${one.error.message}`)
          : cell(one.generated_text),
        one.latency_ms === undefined ? '' : String(Math.round(one.latency_ms)),
      ]),
    ),
    '',
  ].join('\n');
}
