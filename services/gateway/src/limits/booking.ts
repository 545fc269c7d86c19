import type { Charge } from './Charge';
import { findRefusal, type Refusal } from './refusal';

/** Counts a charge in its accounts, in what limits them. */
export function book(charge: Charge): void {
  for (const { account, limits } of charge.claims) {
    account.running += 1;
    for (let i = 0; i < charge.amounts.length; i += 1) {
      if (limits[i] !== Infinity) {
        account.used[i] += charge.amounts[i];
      }
    }
  }
}

/**
 * The period that a correction belongs to: what is given back is of use only
 * where it was taken; what was used beyond the reservation counts now.
 */
export function periodOfCorrection(
  amount: number,
  reserved: number,
  current: number,
): number {
  return amount > 0 ? current : reserved;
}

/** Corrects what the accounts of a charge have used. `current`: the numbers of the present periods. */
export function correct(
  counters: 'used' | 'untold',
  charge: Charge,
  correction: readonly number[],
  current: readonly number[],
): void {
  const reserved = charge.periods.numbers;
  for (const { account, limits } of charge.claims) {
    account.enter(current);
    for (let i = 0; i < correction.length; i += 1) {
      const period = periodOfCorrection(correction[i], reserved[i], current[i]);
      if (limits[i] !== Infinity && period >= account.periods[i]) {
        account[counters][i] += correction[i];
      }
    }
  }
}

/** Ends a charge in its accounts and corrects it. */
export function unbook(
  charge: Charge,
  correction: readonly number[],
  current: readonly number[],
): void {
  for (const { account } of charge.claims) {
    account.running -= 1;
  }
  correct('used', charge, correction, current);
}

/** Admits a charge by what this process knows: in all of its accounts or in none. */
export function reserveLocally(charge: Charge): Refusal | undefined {
  for (const { account } of charge.claims) {
    account.enter(charge.periods.numbers);
  }
  const refusal = findRefusal(charge);
  if (!refusal) {
    book(charge);
  }
  return refusal;
}
