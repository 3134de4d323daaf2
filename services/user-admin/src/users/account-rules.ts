import type { AccountState } from './account-state.js';
import { usesLicence } from './licence-rule.js';

type Administering = Pick<AccountState, 'kind' | 'authorizationLevel' | 'loginEnabled'>;

/** Whether it is one of the accounts of which a company needs at least one. */
export function administrates({ kind, authorizationLevel, loginEnabled }: Administering): boolean {
  return kind === 'staff' && authorizationLevel === 2 && loginEnabled;
}

/** What else a change of an account means for the company and its data. */
export interface Consequences {
  /** One administrator less. */
  readonly losesAdministrator: boolean;
  readonly gainsAdministrator: boolean;
  /** Is an administrator no more, active or not. */
  readonly demoted: boolean;
  readonly takesLicence: boolean;
  readonly freesLicence: boolean;
  /** Its customers, appointments, tasks and reports are to be removed. */
  readonly losesSchedule: boolean;
  readonly activated: boolean;
  readonly deactivated: boolean;
}

export function consequencesOf(before: AccountState, after: AccountState): Consequences {
  return {
    losesAdministrator: administrates(before) && !administrates(after),
    demoted: before.authorizationLevel === 2 && after.authorizationLevel !== 2,
    gainsAdministrator: !administrates(before) && administrates(after),
    takesLicence: !usesLicence(before) && usesLicence(after),
    freesLicence: usesLicence(before) && !usesLicence(after),
    losesSchedule: before.hasOwnSchedule && !after.hasOwnSchedule,
    activated: !before.loginEnabled && after.loginEnabled,
    deactivated: before.loginEnabled && !after.loginEnabled,
  };
}
