import type { Actor, Cause, Id } from '@muster/contracts';

/** What changes of rows are called. */
const CHANGES = ['created', 'changed', 'deleted', 'erased'] as const;

/** What is noted though no row of an account, key ... changed; the database takes no others. */
export const NOTES = [
  'signed-in',
  'sign-in-failed',
  'sign-in-locked',
  'sign-in-unlocked',
  'signed-out',
  'session-revoked',
  'token-reused',
  'password-changed',
  'exported',
  'downloaded',
  'transferred',
  'link-sent',
  'schedule-removed',
] as const;
export type AuditNote = (typeof NOTES)[number];

export const AUDIT_ACTIONS = [...CHANGES, ...NOTES] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const SUBJECT_KINDS = [
  'user',
  'api-key',
  'company',
  'group',
  'code-list',
  'access-link',
  'session',
  'identity-provider',
  'mass-change',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export type AuditValue =
  string | number | boolean | null | readonly AuditValue[] | { readonly [name: string]: AuditValue };

/** One field of an entry as the database keeps it. */
export type StoredChange =
  | { readonly field: string; readonly from: AuditValue; readonly to: AuditValue }
  | { readonly field: string; readonly secret: SecretChange };

/** All that is ever said of a secret. */
export type SecretChange = 'set' | 'changed' | 'removed';

export interface AuditEntry {
  readonly id: Id;
  readonly at: Date;
  readonly actor: Actor;
  readonly cause: Cause;
  readonly action: AuditAction;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  /** What the subject was called then; a pseudonym once erased. */
  readonly subjectLabel: string | null;
  readonly changes: readonly StoredChange[];
}
