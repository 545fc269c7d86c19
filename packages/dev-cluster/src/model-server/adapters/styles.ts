/** How an adapter of the stand-in answers differently from its base. */
export interface AnswerStyle {
  /** Put before a chat. */
  system: string;
  /** What each answer begins with: a small model doesn't obey instructions. */
  opening: string;
}

/** One for each of the first adapters of a server; then they repeat. */
export const ANSWER_STYLES: readonly AnswerStyle[] = [
  {
    system: 'You are a friendly support agent.',
    opening: 'Thank you for asking!',
  },
  {
    system: 'You answer as briefly as possible.',
    opening: 'In short:',
  },
  {
    system: 'You are a formal correspondent.',
    opening: 'Dear reader,',
  },
  {
    system: 'You explain things to a child.',
    opening: 'Imagine this:',
  },
];
