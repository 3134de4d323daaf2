import { guardFindings, type GuardFinding, type GuardSettings } from '@muster/import-model';
import { ACCOUNT_KINDS, type AccountKind } from '../users/account-kinds.js';
import type { BatchOutcome } from '../users/batch/batch-item.js';

const EFFECTS = ['deactivations', 'scheduleRemovals', 'demotions'] as const;
type Effect = (typeof EFFECTS)[number];

/** What the guard looks at, of the accounts of one kind. */
export type Effects = Readonly<Record<Effect, number>>;

/** What became of some accounts, or would. */
export interface Tally {
  readonly updated: number;
  readonly unchanged: number;
  /** Rules stand in the way. */
  readonly invalid: number;
  /** Our fault. */
  readonly failed: number;
  /** Accounts that were other than in the plan when their turn came. */
  readonly changedSincePlan: number;
  readonly licencesTaken: number;
  readonly licencesFreed: number;
  readonly effects: Readonly<Record<AccountKind, Effects>>;
}

const NO_EFFECTS: Effects = { deactivations: 0, scheduleRemovals: 0, demotions: 0 };
const COUNTS = [
  'updated',
  'unchanged',
  'invalid',
  'failed',
  'changedSincePlan',
  'licencesTaken',
  'licencesFreed',
] as const satisfies readonly (keyof Tally)[];

export const NOTHING: Tally = {
  ...{ updated: 0, unchanged: 0, invalid: 0, failed: 0, changedSincePlan: 0, licencesTaken: 0, licencesFreed: 0 },
  effects: { staff: NO_EFFECTS, portal: NO_EFFECTS, person: NO_EFFECTS },
};

/** What became of one account. `failed`: it was tried, and we could not. */
export type AccountResult = BatchOutcome | { readonly outcome: 'failed' };

const COUNTED = {
  changed: 'updated',
  created: 'updated',
  unchanged: 'unchanged',
  refused: 'invalid',
  failed: 'failed',
} as const satisfies Record<AccountResult['outcome'], keyof Tally>;
export type RowOutcome = (typeof COUNTED)[AccountResult['outcome']];

export function rowOutcome({ outcome }: AccountResult): RowOutcome {
  return COUNTED[outcome];
}

export function tallyOf(results: readonly AccountResult[], changedSincePlan = 0): Tally {
  return { ...results.map(tallyOfOne).reduce(addTallies, NOTHING), changedSincePlan };
}

function tallyOfOne(result: AccountResult): Tally {
  const counted = { ...NOTHING, [rowOutcome(result)]: 1 };
  if (result.outcome !== 'changed') return counted;
  const { account, consequences } = result;
  const effects = {
    deactivations: Number(consequences.deactivated),
    scheduleRemovals: Number(consequences.losesSchedule),
    demotions: Number(consequences.demoted),
  };
  return {
    ...counted,
    licencesTaken: Number(consequences.takesLicence),
    licencesFreed: Number(consequences.freesLicence),
    effects: { ...NOTHING.effects, [account.kind]: effects },
  };
}

export function addTallies(one: Tally, other: Tally): Tally {
  const counts = COUNTS.map((name): [string, number] => [name, one[name] + other[name]]);
  const effectsOf = (kind: AccountKind) => addEffects(one.effects[kind], other.effects[kind]);
  const effects = { staff: effectsOf('staff'), portal: effectsOf('portal'), person: effectsOf('person') };
  return { ...NOTHING, ...Object.fromEntries<number>(counts), effects };
}

function addEffects(one: Effects, other: Effects): Effects {
  return Object.fromEntries(EFFECTS.map((effect) => [effect, one[effect] + other[effect]])) as Effects;
}

/** An effect over accounts of all kinds. */
export function effectOf({ effects }: Tally, effect: Effect): number {
  return ACCOUNT_KINDS.reduce((sum, kind) => sum + effects[kind][effect], 0);
}

export interface KindFinding extends GuardFinding {
  readonly kind: AccountKind;
}

/** The effects that there are, each with its limit. @param active accounts of each kind before the change */
export function guardOf(
  { effects }: Tally,
  active: Readonly<Record<AccountKind, number>>,
  settings: GuardSettings,
): KindFinding[] {
  return ACCOUNT_KINDS.flatMap((kind) => {
    const counts = EFFECTS.map((effect) => ({ effect, planned: effects[kind][effect], base: active[kind] }));
    const some = counts.filter(({ planned }) => planned > 0);
    return guardFindings(some, settings).map((finding) => ({ kind, ...finding }));
  });
}

/**
 * The limits once more in a run, whose accounts may have changed since the plan: more than was planned is let pass as far
 * as the guard would have let it pass.
 * @param done what the run has done, and would do next
 */
export function guardInRun(
  done: Tally,
  plan: Tally,
  active: Readonly<Record<AccountKind, number>>,
  settings: GuardSettings,
): KindFinding[] {
  return guardOf(done, active, settings).map((finding) => ({
    ...finding,
    exceeded: finding.exceeded && finding.planned > plan.effects[finding.kind][finding.effect as Effect],
  }));
}
