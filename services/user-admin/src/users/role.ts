import type { Role } from '@muster/platform';
import type { AccountKind, AuthorizationLevel } from './account-kinds.js';

/** What levels are called, in requests and files too. */
export const LEVEL_NAMES = { 0: 'user', 1: 'supervisor', 2: 'administrator' } as const satisfies Record<
  AuthorizationLevel,
  Role
>;

/** What an account is to others. The level makes roles of staff only: nobody else becomes an administrator by it. */
export function roleOf(kind: AccountKind, level: AuthorizationLevel): Role {
  return kind === 'staff' ? LEVEL_NAMES[level] : kind;
}

/** People of role 1 are those with the level of an administrator; all others of their kind are of role 2. */
export function isOfRole1(kind: AccountKind, level: AuthorizationLevel): boolean {
  return kind === 'person' && level === 2;
}
