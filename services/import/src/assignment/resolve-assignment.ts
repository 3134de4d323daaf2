import type { DataOfAnswer } from './resolve-reps-answer.js';
import type { RepStatus } from './rep-verdict.js';

export interface ResolvedRep {
  readonly no: number;
  readonly userId: string | null;
  readonly displayName: string | null;
  readonly loginEnabled: boolean | null;
  readonly similarValue: string | null;
  readonly status: RepStatus;
  readonly excluded: boolean;
}

/** Whom a configuration leaves out, by the values of the rep column. */
export interface RepSelection {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** Joins the values of the rep column with what user-admin knows of them. A person's own exclusion is kept. */
export function resolveAssignment(
  reps: readonly { no: number; value: string; excluded: boolean }[],
  { found, caseOnly }: DataOfAnswer,
  selection: RepSelection,
): ResolvedRep[] {
  const accounts = new Map(found.map((account) => [account.value, account]));
  const similar = new Map(caseOnly.map(({ value, actual }) => [value, actual]));
  return reps.map(({ no, value, excluded }) => {
    const account = accounts.get(value);
    const leftOut = selection.exclude?.includes(value) === true || selection.include?.includes(value) === false;
    return {
      no,
      userId: account?.userId ?? null,
      displayName: account?.displayName ?? null,
      loginEnabled: account?.loginEnabled ?? null,
      similarValue: similar.get(value) ?? null,
      status: statusOf(value, account, similar),
      excluded: excluded || leftOut,
    };
  });
}

function statusOf(
  value: string,
  account: { hasOwnSchedule: boolean } | undefined,
  similar: ReadonlyMap<string, string>,
): RepStatus {
  if (value === '') return 'missing';
  if (account) return account.hasOwnSchedule ? 'found' : 'withoutSchedule';
  return similar.has(value) ? 'caseOnly' : 'notFound';
}
