import type { AccountEffects, Id, RowProblem } from '@muster/contracts';

/** A row of a plan that would create or change an account. */
export interface PlannedAccount {
  /** Its number in the file. */
  readonly row: number;
  /** undefined: it is new. */
  readonly id: Id | undefined;
  readonly effects: AccountEffects;
}

/** What the company has before. */
export interface CompanyLedger {
  readonly licences: number;
  readonly inUse: number;
  /** Active ones. */
  readonly administrators: number;
}

/** What a plan does of the things that the guard looks at. */
export interface AccountTally {
  readonly deactivations: number;
  readonly scheduleRemovals: number;
  readonly demotions: number;
}

export interface AccountSum {
  /** By row: what stands in its way because of all the others. */
  readonly refused: ReadonlyMap<number, RowProblem>;
  /** Of the rows that are left. */
  readonly tally: AccountTally;
}

/**
 * The rules over all rows of a file, as the run comes out: values change hands by the state at the end; one active
 * administrator stays, for whom the later rows are refused; licences that the file frees count before new ones, which are
 * given in the order of the file. Who is refused gives, frees and becomes nothing.
 * @param rows in the order of the file
 */
export function sumAccounts(rows: readonly PlannedAccount[], ledger: CompanyLedger): AccountSum {
  const fixed = new Map<number, RowProblem>();
  let beyond = new Map<number, RowProblem>();
  for (;;) {
    const before = fixed.size;
    const left = () => rows.filter(({ row }) => !fixed.has(row) && !beyond.has(row));
    refuseClaims(left(), fixed);
    const last = lastAdministrator(left(), ledger);
    if (last) fixed.set(last.row, { code: 'last_administrator', field: fieldLost(last) });
    // A licence that somebody was refused for another reason goes to the next one: they are given anew each time.
    const given = beyondLicences(
      rows.filter(({ row }) => !fixed.has(row)),
      ledger,
    );
    if (fixed.size === before && sameRows(given, beyond)) {
      return { refused: new Map([...beyond, ...fixed]), tally: tallyOf(left()) };
    }
    beyond = given;
  }
}

/** Refuses those who need what nobody gives up, and then those who needed what these would have given. */
function refuseClaims(rows: readonly PlannedAccount[], refused: Map<number, RowProblem>): void {
  const given = new Set(rows.flatMap(({ id, effects }) => (effects.gives ?? []).map((field) => `${id} ${field}`)));
  const hoping = new Map<string, PlannedAccount[]>();
  const stuck: PlannedAccount[] = [];
  for (const row of rows) {
    for (const { heldBy, field } of row.effects.needs ?? []) {
      const value = `${heldBy} ${field}`;
      if (given.has(value)) hoping.set(value, [...(hoping.get(value) ?? []), row]);
      else if (refuseClaim(row, field, refused)) stuck.push(row);
    }
  }
  for (let row = stuck.pop(); row; row = stuck.pop()) {
    const { id, effects } = row;
    for (const field of effects.gives ?? []) {
      for (const other of hoping.get(`${id} ${field}`) ?? []) if (refuseClaim(other, field, refused)) stuck.push(other);
    }
  }
}

/** @returns false when it was refused before */
function refuseClaim({ row }: PlannedAccount, field: string, refused: Map<number, RowProblem>): boolean {
  if (refused.has(row)) return false;
  refused.set(row, { code: 'value_taken', field, params: { field } });
  return true;
}

function lastAdministrator(
  rows: readonly PlannedAccount[],
  { administrators }: CompanyLedger,
): PlannedAccount | undefined {
  const after = rows.reduce((total, { effects }) => total + (effects.administrators ?? 0), administrators);
  return after > 0 ? undefined : rows.findLast(({ effects }) => effects.administrators === -1);
}

/** By which field an account is no active administrator any more. */
function fieldLost({ effects }: PlannedAccount): string {
  return effects.deactivates === true ? 'loginEnabled' : 'authorizationLevel';
}

function beyondLicences(rows: readonly PlannedAccount[], { licences, inUse }: CompanyLedger): Map<number, RowProblem> {
  const freed = rows.filter(({ effects }) => effects.licences === -1).length;
  const takers = rows.filter(({ effects }) => effects.licences === 1);
  const problem = { code: 'licence_exceeded', field: 'hasOwnSchedule', params: { licences } };
  return new Map(takers.slice(Math.max(0, licences - inUse + freed)).map(({ row }) => [row, problem]));
}

function sameRows(one: ReadonlyMap<number, unknown>, other: ReadonlyMap<number, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((row) => other.has(row));
}

function tallyOf(rows: readonly PlannedAccount[]): AccountTally {
  const count = (has: (effects: AccountEffects) => boolean) => rows.filter(({ effects }) => has(effects)).length;
  return {
    deactivations: count(({ deactivates }) => deactivates === true),
    scheduleRemovals: count(({ removesSchedule }) => removesSchedule === true),
    demotions: count(({ demotes }) => demotes === true),
  };
}
