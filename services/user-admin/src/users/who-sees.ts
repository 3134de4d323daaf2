import type { Id } from '@muster/contracts';
import type { Caller } from '@muster/platform';

type Who = Pick<Caller, 'role' | 'scopes' | 'userId'>;

/** Which accounts a caller sees. */
export type Sight =
  | { readonly of: 'all' }
  /** Those that share a group with this account, and itself. */
  | { readonly of: 'groups'; readonly userId: Id }
  | { readonly of: 'self'; readonly userId: Id };

export function sightOf({ role, scopes, userId }: Who): Sight {
  if (userId === null || role === 'administrator') return { of: 'all' };
  if (role === 'person' && scopes.includes('users:read')) return { of: 'all' };
  return { of: role === 'supervisor' ? 'groups' : 'self', userId };
}

const WRITING = ['users:write', 'users:sync'];

/** Whether a caller also sees the fields for administrators only. Whoever may write them by a scope may read them. */
export function seesAllFields({ role, scopes }: Pick<Who, 'role' | 'scopes'>): boolean {
  const byScope = role === 'key' || role === 'person';
  return role === 'administrator' || (byScope && WRITING.some((scope) => scopes.includes(scope)));
}

interface Member {
  readonly id: Id;
  readonly groupIds: readonly Id[];
}

/** @param own the caller's account; needed for the sight of groups only */
export function isSeen(sight: Sight, account: Member, own: Member | null): boolean {
  switch (sight.of) {
    case 'all':
      return true;
    case 'self':
      return account.id === sight.userId;
    case 'groups':
      return account.id === sight.userId || account.groupIds.some((id) => own?.groupIds.includes(id));
  }
}
