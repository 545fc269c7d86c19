import type { DryRunResult } from '../facts';
import { block, notKnown, pass, type Outcome } from '../outcome';

export function checkDryRun({ dryRun }: { dryRun?: DryRunResult }): Outcome {
  if (!dryRun) {
    return notKnown(
      'The API server has not tried these objects.',
      'Correct what is blocked above; the dry run follows.',
    );
  }
  if (dryRun.errors.length > 0) {
    return block(
      dryRun.errors
        .map(({ object, message }) => `${object}: ${message}`)
        .join('; '),
      'The API server refuses these objects: correct what it names.',
    );
  }
  const count = (wanted: string) =>
    dryRun.changes.filter(({ operation }) => operation === wanted).length;
  return pass(
    `The API server accepts it: ${count('create')} to create, ${count(
      'update',
    )} to change, ${count('unchanged')} unchanged, ${count(
      'delete',
    )} to delete.`,
  );
}
