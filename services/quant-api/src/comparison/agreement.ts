/** How alike two answers are. */
export interface Agreement {
  /** The same text but for white space at its ends. */
  exactMatch: boolean;
  /**
   * F1 of the words that both have, each counted as often as it occurs, without
   * regard to case and order: 0 for none, 1 for the same words.
   */
  tokenOverlap: number;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

function countOf(words: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function overlapOf(a: string[], b: string[]): number {
  if (a.length + b.length === 0) {
    return 1;
  }
  const others = countOf(b);
  let common = 0;
  for (const [word, count] of countOf(a)) {
    common += Math.min(count, others.get(word) ?? 0);
  }
  return (2 * common) / (a.length + b.length);
}

export function agreementOf(a: string, b: string): Agreement {
  return {
    exactMatch: a.trim() === b.trim(),
    tokenOverlap: Math.round(overlapOf(wordsOf(a), wordsOf(b)) * 1000) / 1000,
  };
}
