import type { DataOfAnswer } from './resolve-reps-answer.js';
import { nearestReps } from './nearest-rep.js';
import type { RepStatus } from './rep-verdict.js';

export interface ResolvedRep {
  readonly no: number;
  readonly value: string;
  readonly userId: string | null;
  readonly displayName: string | null;
  readonly loginEnabled: boolean | null;
  readonly similarValue: string | null;
  readonly status: RepStatus;
}

/** Whom a configuration leaves out, by the values of the rep column. */
export interface RepSelection {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** Whether a configuration leaves out the rows of a value of the rep column. */
export function isLeftOut(value: string, { include, exclude }: RepSelection): boolean {
  return exclude?.includes(value) === true || include?.includes(value) === false;
}

/** Joins the values of the rep column with what user-admin knows of them. @param by what they are */
export function resolveAssignment(
  reps: readonly { no: number; value: string }[],
  { found, caseOnly, notNamed }: DataOfAnswer,
  by: 'email' | 'employeeNumber',
): ResolvedRep[] {
  const accounts = new Map(found.map((account) => [account.value, account]));
  const similar = new Map(caseOnly.map(({ value, actual }) => [value, actual]));
  const unknown = reps.map(({ value }) => value).filter((value) => statusOf(value, accounts.get(value), similar) === 'notFound'); // prettier-ignore
  const near = nearestReps(unknown, [...found, ...notNamed], by);
  return reps.map(({ no, value }) => {
    const account = accounts.get(value);
    return {
      no,
      value,
      userId: account?.userId ?? null,
      displayName: account?.displayName ?? null,
      loginEnabled: account?.loginEnabled ?? null,
      similarValue: similar.get(value) ?? near.get(value) ?? null,
      status: statusOf(value, account, similar),
    };
  });
}

/** The one value of a file that says of no row whose it is. */
export function ofCompany({ no, value }: { no: number; value: string }): ResolvedRep {
  const nobody = { userId: null, displayName: null, loginEnabled: null, similarValue: null };
  return { no, value, ...nobody, status: 'company' };
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
