import { licencesAfter } from '../../licences/licences-after.js';
import { administrates } from '../account-rules.js';
import { usesLicence } from '../licence-rule.js';
import type { BatchProblem, Candidate, Ledger } from './batch-item.js';
import { refusedClaims } from './value-claims.js';

export interface BatchDecision {
  /** By place: what stands in the way of a candidate because of all the others. */
  readonly refused: ReadonlyMap<number, BatchProblem>;
  /** Once the rest is written. */
  readonly ledger: Ledger;
}

type Candidates = readonly (Candidate | undefined)[];

/**
 * Judges accounts that change together by what the company has when all is done: unique values, which may be exchanged;
 * one active administrator at least, for which the later ones are refused; licences, of which those that are freed count
 * first. Whoever is refused frees, gives and becomes nothing.
 * @param candidates undefined: refused before; it keeps its place
 */
export function decideBatch(candidates: Candidates, ledger: Ledger): BatchDecision {
  const fixed = new Map<number, BatchProblem>();
  let beyond = new Map<number, BatchProblem>();
  for (;;) {
    const before = fixed.size;
    const left = () => placesLeft(candidates, fixed, beyond);
    for (const [place, problem] of refusedClaims(candidates, left())) fixed.set(place, problem);
    const last = lastAdministrator(candidates, left(), ledger);
    if (last) fixed.set(last.place, last.problem);
    // A licence that somebody was refused for another reason goes to the next one: they are given anew each time.
    const given = beyondLicences(candidates, placesLeft(candidates, fixed), ledger);
    if (fixed.size === before && sameKeys(given, beyond)) {
      return { refused: new Map([...beyond, ...fixed]), ledger: ledgerAfter(candidates, left(), ledger) };
    }
    beyond = given;
  }
}

function placesLeft(candidates: Candidates, ...refused: ReadonlyMap<number, unknown>[]): Set<number> {
  const places = candidates.flatMap((candidate, place) => (candidate ? [place] : []));
  return new Set(places.filter((place) => refused.every((some) => !some.has(place))));
}

function sameKeys(one: ReadonlyMap<number, unknown>, other: ReadonlyMap<number, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((key) => other.has(key));
}

function lastAdministrator(candidates: Candidates, left: ReadonlySet<number>, { administrators }: Ledger) {
  const losing = [...left].filter((place) => administratorsMore(candidates[place]) < 0);
  const place = losing.at(-1);
  const more = sum(candidates, left, administratorsMore);
  const after = place === undefined ? undefined : candidates[place];
  if (place === undefined || !after || administrators + more > 0) return undefined;
  const field = after.after.loginEnabled ? 'authorizationLevel' : 'loginEnabled';
  return { place, problem: { code: 'last_administrator', field } };
}

function beyondLicences(candidates: Candidates, left: ReadonlySet<number>, { licences, inUse }: Ledger) {
  const changes = [...left].flatMap((row) => {
    const candidate = candidates[row];
    return candidate ? [{ row, ...licencesOf(candidate) }] : [];
  });
  const { refused } = licencesAfter({ total: licences, inUse }, changes);
  const problem: BatchProblem = { code: 'licence_exceeded', field: 'hasOwnSchedule', params: { licences } };
  return new Map(refused.map((place) => [place, problem]));
}

function licencesOf({ before, after }: Candidate): { before: boolean; after: boolean } {
  return { before: before !== undefined && usesLicence(before), after: usesLicence(after) };
}

function administratorsMore(candidate: Candidate | undefined): number {
  if (!candidate) return 0;
  const { before, after } = candidate;
  return Number(administrates(after)) - Number(before !== undefined && administrates(before));
}

function ledgerAfter(candidates: Candidates, left: ReadonlySet<number>, ledger: Ledger): Ledger {
  const licencesMore = (candidate: Candidate | undefined) => {
    if (!candidate) return 0;
    const { before, after } = licencesOf(candidate);
    return Number(after) - Number(before);
  };
  return {
    licences: ledger.licences,
    inUse: ledger.inUse + sum(candidates, left, licencesMore),
    administrators: ledger.administrators + sum(candidates, left, administratorsMore),
  };
}

function sum(candidates: Candidates, places: ReadonlySet<number>, of: (candidate?: Candidate) => number): number {
  return [...places].reduce((total, place) => total + of(candidates[place]), 0);
}
