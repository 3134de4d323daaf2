import type { AccountKind } from './account-kinds.js';

/** Whether an account of this kind uses a licence, deactivated or not. */
export function usesLicence({ kind, hasOwnSchedule }: { kind: AccountKind; hasOwnSchedule: boolean }): boolean {
  return kind === 'staff' && hasOwnSchedule;
}

/** Whether one more schedule would go beyond what the company has. */
export function isBeyondLicences({ licences, inUse }: { licences: number; inUse: number }): boolean {
  return inUse + 1 > licences;
}
