import type { Item, Scorer } from '../evaluations/request';
import type { Score } from '../evaluations/records';
import type { RegexMatcher } from './RegexMatcher';

function folded(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toLowerCase() : text;
}

/** Scores an answer by anything but a judge. */
export async function score(
  scorer: Exclude<Scorer, { type: 'judge' }>,
  item: Item,
  answer: string,
  matcher: RegexMatcher,
): Promise<Score> {
  const text = folded(answer, scorer.ignore_case);
  const expected = folded(item.expected ?? '', scorer.ignore_case);
  switch (scorer.type) {
    case 'exact_match':
      return { scorer: scorer.type, passed: text.trim() === expected.trim() };
    case 'contains':
      return { scorer: scorer.type, passed: text.includes(expected) };
    default: {
      const outcome = await matcher.test(
        item.pattern ?? scorer.pattern ?? '',
        scorer.ignore_case ? 'iu' : 'u',
        answer,
      );
      return outcome === 'too-expensive'
        ? { scorer: scorer.type, passed: null, error: 'regex_too_expensive' }
        : { scorer: scorer.type, passed: outcome === 'match' };
    }
  }
}

/** By every scorer, unknown where one is. */
export function passedAll(scores: Score[]): boolean | null {
  if (scores.some(({ passed }) => passed === false)) {
    return false;
  }
  return scores.every(({ passed }) => passed) ? true : null;
}
