import type { Check } from './checks';

/** How many checks held. */
export interface Counts {
  passed: number;
  failed: number;
}

/** Runs the checks one after the other and says what each found. */
export async function runChecks(
  checks: Check[],
  say: (line: string) => void,
): Promise<Counts> {
  const counts = { passed: 0, failed: 0 };
  for (const check of checks) {
    const { problems, notes = [] } = await check.run().catch(error => ({
      problems: [error instanceof Error ? error.message : String(error)],
      notes: [],
    }));
    const failed = problems.length > 0;
    counts[failed ? 'failed' : 'passed'] += 1;
    say(`${failed ? 'FAILED' : 'ok'}  ${check.name}`);
    for (const line of (failed ? problems : notes).flatMap(text =>
      text.split('\n'),
    )) {
      say(`      ${line}`);
    }
  }
  return counts;
}
