import type { Parameters } from 'fast-check';

/**
 * How long a property on a real database is tried: `preset` times within the suite, longer, and elsewhere, with `IMPORT_RUNS` and
 * `IMPORT_SEED`. A failure ends it, because each step towards a smaller one takes as long as a test; `IMPORT_SHRINK` asks for that.
 */
export function randomRuns(preset: number): Pick<Parameters<unknown>, 'numRuns' | 'seed' | 'endOnFailure'> {
  const { IMPORT_RUNS: runs, IMPORT_SEED: seed, IMPORT_SHRINK: shrink } = process.env;
  return {
    numRuns: Number(runs ?? preset),
    ...(seed !== undefined && { seed: Number(seed) }),
    endOnFailure: shrink === undefined,
  };
}
