import type { Id } from '@muster/contracts';

/** `due`: to be sent; `sent`: the owner has it; `answered`: the plan, or the run, is done with it. */
export type AbsenteesState = 'due' | 'sent' | 'answered';

/** Why nobody goes who is absent from the file, or nobody more. */
export type WithheldReason =
  'unreadable_rows' | 'unknown_rep' | 'more_than_planned' | 'restore_point_void' | 'too_many_errors' | 'aborted';

/** What a sync does with those who are absent from its file. */
export interface Absentees {
  /** Under which their owner notes them. */
  readonly planId?: Id;
  /** How many the plan foresees; the run touches no more of them. null: it is not known yet. */
  readonly planned: number | null;
  readonly withheld: WithheldReason | null;
  /** The last administrator stays. */
  readonly passedOver: readonly { readonly recordId: Id; readonly code: string }[];
}
