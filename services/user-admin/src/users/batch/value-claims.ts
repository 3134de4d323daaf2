import type { Id } from '@muster/contracts';
import { UNIQUE_FIELDS, type BatchProblem, type Candidate, type UniqueField } from './batch-item.js';

/**
 * Which candidates ask for a unique value that in the end another account would have. Values may be exchanged within the
 * batch, in chains and circles: what counts is who has them afterwards. Whoever is refused keeps what it has, so that a
 * refusal may be followed by those who hoped for its values; of several who ask for one value the first gets it.
 * @param alive places of the candidates that are not refused yet
 */
export function refusedClaims(
  candidates: readonly (Candidate | undefined)[],
  alive: ReadonlySet<number>,
): Map<number, BatchProblem> {
  const left = new Set(alive);
  const refused = new Map<number, BatchProblem>();
  const refuse = (found: ReadonlyMap<number, BatchProblem>) => {
    for (const [place, problem] of found) {
      refused.set(place, problem);
      left.delete(place);
    }
    return found.size > 0;
  };
  // Each round is only caused by the refusals of the one before.
  while (refuse(heldByOthers(candidates, left)) || refuse(askedForTwice(candidates, left)));
  return refused;
}

function heldByOthers(candidates: readonly (Candidate | undefined)[], left: ReadonlySet<number>) {
  const byId = new Map<Id, Candidate>();
  for (const place of left) {
    const candidate = candidates[place];
    if (candidate?.id !== undefined) byId.set(candidate.id, candidate);
  }
  return firstProblems(candidates, left, (field, key, { id, holders }) => {
    const holder = holders[field];
    if (holder === undefined || holder === id) return undefined;
    const given = byId.get(holder)?.keys[field];
    return given === undefined || given === key ? { ...taken(field), heldBy: holder } : undefined;
  });
}

function askedForTwice(candidates: readonly (Candidate | undefined)[], left: ReadonlySet<number>) {
  const asked = new Map<string, Candidate>();
  return firstProblems(candidates, left, (field, key, candidate) => {
    const claim = `${field} ${key}`;
    const first = asked.get(claim);
    asked.set(claim, first ?? candidate);
    return first && { ...taken(field), ...(first.id !== undefined && { heldBy: first.id }) };
  });
}

function firstProblems(
  candidates: readonly (Candidate | undefined)[],
  left: ReadonlySet<number>,
  problemOf: (field: UniqueField, key: string, candidate: Candidate) => BatchProblem | undefined,
): Map<number, BatchProblem> {
  const problems = new Map<number, BatchProblem>();
  for (const place of left) {
    const candidate = candidates[place];
    for (const field of UNIQUE_FIELDS) {
      const key = candidate?.keys[field];
      const problem = candidate && key ? problemOf(field, key, candidate) : undefined;
      if (!problem) continue;
      problems.set(place, problem);
      break;
    }
  }
  return problems;
}

function taken(field: UniqueField): BatchProblem {
  return { code: 'value_taken', field, params: { field } };
}
