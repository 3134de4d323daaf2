import type { Role } from '@muster/platform';
import type { AuthorizationLevel } from './account-kinds.js';

const ROLES = { 0: 'user', 1: 'supervisor', 2: 'administrator' } as const satisfies Record<AuthorizationLevel, Role>;

export function roleOf(level: AuthorizationLevel): (typeof ROLES)[AuthorizationLevel] {
  return ROLES[level];
}
