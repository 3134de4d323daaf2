/** What a run may do only to a part of what there is, unless somebody approves. */
export const GUARDED_EFFECTS = ['deactivations', 'scheduleRemovals', 'demotions', 'recordRemovals'] as const;
export type GuardedEffect = (typeof GUARDED_EFFECTS)[number];

/** Whichever is less; a company may set both. */
export interface GuardSettings {
  readonly percent: number;
  readonly count: number;
}
export const GUARD_PRESET: GuardSettings = { percent: 20, count: 500 };

/**
 * The limits of one run. What a configuration says counts where it is stricter; a higher limit is nothing that could be
 * kept in a document, because it would switch the guard off for every run to come.
 */
export function strictestGuard(company: GuardSettings, configured: GuardSettings = company): GuardSettings {
  return {
    percent: Math.min(company.percent, configured.percent),
    count: Math.min(company.count, configured.count),
  };
}

/** Whether a configuration asks for more than the company lets pass. */
export function asksForMore(company: GuardSettings, configured: GuardSettings = company): boolean {
  return configured.percent > company.percent || configured.count > company.count;
}

/** So many are always let pass: a share of few would be none. */
const NEVER_BELOW: Readonly<Record<GuardedEffect, number>> = {
  deactivations: 3,
  scheduleRemovals: 3,
  demotions: 3,
  recordRemovals: 10,
};

export interface GuardedCount {
  readonly effect: GuardedEffect;
  readonly planned: number;
  /** Of how many: the active accounts of the kind, or the records of the reps in reach. */
  readonly base: number;
}

export interface GuardFinding extends GuardedCount {
  readonly limit: number;
  readonly exceeded: boolean;
}

/** How many accounts or records of `base` a run may touch so; fractions are rounded down. */
export function guardLimit(effect: GuardedEffect, base: number, { percent, count }: GuardSettings): number {
  return Math.max(NEVER_BELOW[effect], Math.min(Math.floor((base * percent) / 100), count));
}

/** Each count with its limit; the run waits for approval when one is exceeded. */
export function guardFindings(counts: readonly GuardedCount[], settings: GuardSettings): GuardFinding[] {
  return counts.map((counted) => {
    const limit = guardLimit(counted.effect, counted.base, settings);
    return { ...counted, limit, exceeded: counted.planned > limit };
  });
}

/**
 * What a plan does beyond its limits that nobody has approved.
 * @param approved what the plan did that somebody let pass for this run: as much of each may be done, and no more
 */
export function beyondGuard(
  findings: readonly GuardFinding[],
  approved: readonly GuardFinding[] | null,
): GuardFinding | undefined {
  const letPass = (of: GuardedEffect) => approved?.find(({ effect }) => effect === of)?.planned ?? 0;
  return findings.find(({ effect, planned, exceeded }) => exceeded && planned > letPass(effect));
}
