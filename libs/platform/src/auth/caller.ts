import type { Actor, Cause, Id, Language } from '@muster/contracts';

export const ROLES = ['administrator', 'supervisor', 'user', 'portal', 'person', 'operator'] as const;
/**
 * What somebody is: the first three are staff, `portal` and `person` the other kinds of accounts; `operator` runs the
 * installation and belongs to no company.
 */
export type Role = (typeof ROLES)[number];

/** Company of operators, to whom no company's data belongs. */
export const NO_COMPANY: Id = '0'.repeat(32);

/** Who sent a request. It is a `Scope`: `uow.run(caller, ...)` works on the caller's company. */
export interface Caller {
  readonly companyId: Id;
  /** `user:<id>`, `key:<id>` or `operator:<id>`. */
  readonly actor: Actor;
  /** `request:<id>`. */
  readonly cause: Cause;
  /** The account of a person; null for keys and operators. */
  readonly userId: Id | null;
  /** Of a person who signed in; absent for keys, and for a password that came with the request itself. */
  readonly sessionId?: Id;
  readonly role: Role | 'key';
  /** What an API key may do, or what the role options of a person of role 1 permit; empty for everybody else. */
  readonly scopes: readonly string[];
  /** In which texts are answered, from `Accept-Language`. */
  readonly language: Language;
  /** W3C Trace Context of the request. */
  readonly traceparent: string;
}
