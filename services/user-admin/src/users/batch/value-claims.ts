import type { Id } from '@muster/contracts';
import { UNIQUE_FIELDS, type BatchProblem, type Candidate, type UniqueField } from './batch-item.js';

type Candidates = readonly (Candidate | undefined)[];
type ProblemOf = (field: UniqueField, key: string, candidate: Candidate) => BatchProblem | undefined;

/**
 * Which candidates ask for a unique value that in the end another account would have. Values may be exchanged within the
 * batch, in chains and circles: what counts is who has them afterwards. Whoever is refused keeps what it has, so that a
 * refusal may be followed by those who hoped for its values; of several who ask for one value the first gets it.
 * @param alive places of the candidates that are not refused yet
 */
export function refusedClaims(candidates: Candidates, alive: ReadonlySet<number>): Map<number, BatchProblem> {
  const left = new Set(alive);
  const refused = new Map<number, BatchProblem>();
  const places = placesById(candidates, alive);
  const hopes = placesByHolder(candidates, alive);
  const stays: ProblemOf = (field, key, { id, holders }) => {
    const holder = holders[field];
    if (holder === undefined || holder === id) return undefined;
    const place = places.get(holder);
    const given = place !== undefined && left.has(place) ? candidates[place]?.keys[field] : undefined;
    return given === undefined || given === key ? { ...taken(field), heldBy: holder } : undefined;
  };
  // A chain may be as long as the file: whoever hopes is looked at again only when the holder is refused.
  const refuseAll = (found: Iterable<readonly [number, BatchProblem]>) => {
    const waiting = [...found];
    for (const [place, problem] of waiting) {
      if (!left.delete(place)) continue;
      refused.set(place, problem);
      for (const hoping of hopes.get(candidates[place]?.id ?? '') ?? []) {
        const next = firstProblem(candidates[hoping], stays);
        if (next) waiting.push([hoping, next]);
      }
    }
  };
  refuseAll(problemsOf(candidates, left, stays));
  refuseAll(askedForTwice(candidates, left));
  return refused;
}

function placesById(candidates: Candidates, places: Iterable<number>): ReadonlyMap<Id, number> {
  const byId = new Map<Id, number>();
  for (const place of places) {
    const id = candidates[place]?.id;
    if (id !== undefined) byId.set(id, place);
  }
  return byId;
}

/** By account: who asks for values that it has now. */
function placesByHolder(candidates: Candidates, places: Iterable<number>): ReadonlyMap<Id, readonly number[]> {
  const byHolder = new Map<Id, number[]>();
  for (const place of places) {
    for (const holder of Object.values(candidates[place]?.holders ?? {})) {
      const hoping = byHolder.get(holder);
      if (hoping) hoping.push(place);
      else byHolder.set(holder, [place]);
    }
  }
  return byHolder;
}

function askedForTwice(candidates: Candidates, left: ReadonlySet<number>) {
  const asked = new Map<string, Candidate>();
  return problemsOf(candidates, left, (field, key, candidate) => {
    const claim = `${field} ${key}`;
    const first = asked.get(claim);
    asked.set(claim, first ?? candidate);
    return first && { ...taken(field), ...(first.id !== undefined && { heldBy: first.id }) };
  });
}

function problemsOf(candidates: Candidates, places: ReadonlySet<number>, problemOf: ProblemOf) {
  return [...places].flatMap((place): [number, BatchProblem][] => {
    const problem = firstProblem(candidates[place], problemOf);
    return problem ? [[place, problem]] : [];
  });
}

function firstProblem(candidate: Candidate | undefined, problemOf: ProblemOf): BatchProblem | undefined {
  for (const field of UNIQUE_FIELDS) {
    const key = candidate?.keys[field];
    const problem = candidate && key ? problemOf(field, key, candidate) : undefined;
    if (problem) return problem;
  }
  return undefined;
}

function taken(field: UniqueField): BatchProblem {
  return { code: 'value_taken', field, params: { field } };
}
