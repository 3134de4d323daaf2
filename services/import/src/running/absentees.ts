import type { Id, RowAnswer } from '@muster/contracts';

/** Why nobody goes who is absent from the file. */
export type WithheldReason = 'unreadable_rows' | 'more_than_planned' | 'restore_point_void';

/** What a sync does with those who are absent from its file. */
export interface Absentees {
  /** How many the plan foresees; the run touches no more of them. */
  readonly planned: number;
  readonly withheld: WithheldReason | null;
  /** When their owner was last sent the order, ISO 8601; null: it has not, or it has answered. */
  readonly orderedAt: string | null;
  readonly deactivated: number;
  /** The last administrator stays. */
  readonly passedOver: readonly { readonly recordId: Id; readonly code: string }[];
}

/** Of a plan. @param active accounts that can sign in; @param present those of them that rows stand for */
export function plannedAbsentees(active: number, present: number, unreadable: boolean): Absentees {
  const planned = unreadable ? 0 : Math.max(0, active - present);
  return { planned, withheld: unreadable ? 'unreadable_rows' : null, orderedAt: null, deactivated: 0, passedOver: [] };
}

/** Problems of rows that do not say whom they mean, so that somebody who looks absent may not be. */
const UNREADABLE = new Set(['key_empty', 'unexpected_error']);

/** Whether nobody knows for whom a row stands. */
export function isUnreadable({ outcome, problems = [] }: RowAnswer): boolean {
  return (outcome === 'invalid' || outcome === 'failed') && problems.some(({ code }) => UNREADABLE.has(code));
}
