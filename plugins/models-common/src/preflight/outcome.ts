import type { PreflightFacts } from './facts';
import type { PreflightCheck } from './types';

/** What a check says; id and title are added by the list of checks. */
export type Outcome = Pick<PreflightCheck, 'verdict' | 'message' | 'remedy'>;

/** One check: facts in, outcome out. */
export type Check = (facts: PreflightFacts) => Outcome;

export function pass(message: string): Outcome {
  return { verdict: 'pass', message };
}

export function warn(message: string, remedy: string): Outcome {
  return { verdict: 'warn', message, remedy };
}

export function block(message: string, remedy: string): Outcome {
  return { verdict: 'block', message, remedy };
}

export function notKnown(message: string, remedy: string): Outcome {
  return { verdict: 'unknown', message, remedy };
}

/** The same words wherever the cluster could not be asked. */
export function notRead(what: string): Outcome {
  return notKnown(
    `${what} could not be read from the cluster.`,
    'Check that the cluster is reachable and that the portal may read them.',
  );
}
