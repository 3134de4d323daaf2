import type { Id, ProblemParams } from '@muster/contracts';
import type { AccountKind } from '../account-kinds.js';
import type { Consequences } from '../account-rules.js';
import type { AccountState, AccountWishes } from '../account-state.js';
import type { UserAccount } from '../user-account.entity.js';
import type { FieldDifference } from './field-differences.js';

/** An account that is to be changed; its wishes may depend on what it is now, such as a group more. */
export interface AccountChange {
  readonly does: 'change';
  readonly id: Id;
  /** As it was read in this unit of work after the lock of accounts; left out: it is read. */
  readonly before?: UserAccount;
  readonly wishes: AccountWishes | ((before: UserAccount) => AccountWishes);
}

/** An account that is to be created; a username that is left out is made. */
export interface AccountCreation {
  readonly does: 'create';
  readonly kind: AccountKind;
  readonly wishes: AccountWishes;
}

/** One account of many. What their order decides: who gets the last licences, and which administrator is the last one. */
export type BatchItem = AccountChange | AccountCreation;

/** Fields whose values no two accounts of a company share. */
export const UNIQUE_FIELDS = ['email', 'employeeNumber', 'username'] as const;
export type UniqueField = (typeof UNIQUE_FIELDS)[number];

export interface BatchProblem {
  /**
   * Of the catalogue: what is wrong with a value; `user_not_found`, `value_taken`, `licence_exceeded`,
   * `last_administrator`, `schedule_removal_not_allowed`.
   */
  readonly code: string;
  /** `home.street`. */
  readonly field?: string;
  readonly params?: ProblemParams;
  /** Of `value_taken`: the account that has the value, unless it is one that the batch would create. */
  readonly heldBy?: Id;
}

/** What becomes of an account, or would: none of it is written of a plan. `account` is as it is afterwards. */
export type BatchOutcome =
  | { readonly outcome: 'created'; readonly account: UserAccount; readonly warnings: readonly BatchProblem[] }
  | {
      readonly outcome: 'changed';
      readonly account: UserAccount;
      /** Of the entity, that have other values now. */
      readonly properties: readonly (keyof AccountState)[];
      readonly differences: readonly FieldDifference[];
      readonly consequences: Consequences;
      readonly warnings: readonly BatchProblem[];
    }
  | { readonly outcome: 'unchanged'; readonly account: UserAccount; readonly warnings: readonly BatchProblem[] }
  /** Nothing of it is written. `account`: as it stays; undefined: there is none. */
  | {
      readonly outcome: 'refused';
      readonly account: UserAccount | undefined;
      readonly problems: readonly BatchProblem[];
    };

/**
 * Of a plan that is not written and looks further than its own accounts: values that others have are taken for free, since
 * whoever sums it up knows whether they are given up. Usernames are not made.
 */
export interface Forecast {
  /** Taken to be there. */
  readonly newGroups: readonly { readonly id: Id }[];
}

export interface BatchOptions {
  readonly forecast?: Forecast;
  /** Else `schedule_removal_not_allowed`. Preset: no. */
  readonly allowScheduleRemoval?: boolean;
  /** The point from which the records of schedules that are removed can be brought back. */
  readonly restorePointId?: Id;
}

/** What the company has of the things that accounts take from each other. */
export interface Ledger {
  readonly licences: number;
  readonly inUse: number;
  /** Active ones. */
  readonly administrators: number;
}

/** An account as a batch would make it, nothing of its own standing in the way. */
export interface Candidate {
  /** undefined: it is new. */
  readonly id: Id | undefined;
  readonly before: AccountState | undefined;
  readonly after: AccountState;
  /** Unique values that change, as what they are compared; null: given up. */
  readonly keys: Readonly<Partial<Record<UniqueField, string | null>>>;
  /** Who has those values now. */
  readonly holders: Readonly<Partial<Record<UniqueField, Id>>>;
}
