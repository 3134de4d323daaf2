import { administrates } from '../users/account-rules.js';
import type { BatchItem, BatchOutcome, Ledger } from '../users/batch/batch-item.js';

/** What of the company's accounts take from each other, beside unique values. */
export type Need = 'licence' | 'administrator';
export type Needs = ReadonlyMap<string, number>;

/** What an account asks for: a licence, or to be an administrator no more. */
export function needsOf(item: BatchItem): Need[] {
  if (item.does === 'create') return item.wishes.hasOwnSchedule === false ? [] : ['licence'];
  const { before, wishes } = item;
  if (!before || typeof wishes === 'function') return [];
  const takesLicence = !before.hasOwnSchedule && wishes.hasOwnSchedule === true;
  const level = wishes.authorizationLevel ?? before.authorizationLevel;
  const steps = administrates(before) && (level !== 2 || wishes.loginEnabled === false);
  return [...(takesLicence ? (['licence'] as const) : []), ...(steps ? (['administrator'] as const) : [])];
}

/** How often the accounts ask for each thing that wait for a value of others: nobody else may take it meanwhile. */
export function heldBack(items: readonly BatchItem[], outcomes: readonly BatchOutcome[]): Needs {
  const needs = new Map<string, number>();
  outcomes.forEach((outcome, place) => {
    const item = items[place];
    if (!item || outcome.outcome !== 'refused' || !outcome.problems.some(({ code }) => code === 'value_taken')) return;
    for (const need of needsOf(item)) needs.set(need, (needs.get(need) ?? 0) + 1);
  });
  return needs;
}

/** What is left for others when so much is held back. */
export function ledgerWithout({ licences, inUse, administrators }: Ledger, ...held: readonly Needs[]): Ledger {
  const sum = (need: Need) => held.reduce((total, needs) => total + (needs.get(need) ?? 0), 0);
  return { licences, inUse: inUse + sum('licence'), administrators: administrators - sum('administrator') };
}

/** The greater number of each thing. */
export function mostOf(one: Needs, other: Needs): Needs {
  const needs = new Map(one);
  for (const [need, count] of other) needs.set(need, Math.max(needs.get(need) ?? 0, count));
  return needs;
}

export function sameNeeds(one: Needs, other: Needs): boolean {
  return one.size === other.size && [...one].every(([need, count]) => other.get(need) === count);
}
