import type { Language, ProblemDetail } from '@muster/contracts';
import { detailMessage } from '@muster/platform';
import type { AccountLinkState } from '../access-links/link-state.js';
import type { Company } from '../companies/company.entity.js';
import { ACCOUNT_FIELDS } from './account-fields.js';
import { effectiveValues } from './effective-values.js';
import { nested } from './nested.js';
import type { UserAccount } from './user-account.entity.js';
import type { UserDto, WarningDto } from './user.dto.js';

export interface Reader {
  /** Also the fields for administrators only. */
  readonly seesAllFields: boolean;
}

/** An account as it is answered: own values, and beside them what holds for it. */
export function userDto(
  account: UserAccount,
  company: Pick<Company, 'defaults'>,
  { seesAllFields }: Reader,
  accessLinkState: AccountLinkState,
): UserDto {
  const values = account as unknown as Readonly<Record<string, unknown>>;
  const own = ACCOUNT_FIELDS.filter(({ administratorsOnly }) => seesAllFields || !administratorsOnly).map(
    ({ id, property }): [string, unknown] => [id, values[property] ?? null],
  );
  const { displayNameByHand, phoneE164, mobileE164, createdAt, updatedAt } = account;
  return {
    ...(nested(Object.fromEntries(own)) as unknown as UserDto),
    displayNameByHand,
    phoneE164,
    mobileE164,
    accessLinkState,
    effective: nested(effectiveValues(account, company.defaults)) as unknown as UserDto['effective'],
    createdAt,
    updatedAt,
  };
}

export function warningDtos(warnings: readonly ProblemDetail[], language: Language): WarningDto[] {
  return warnings.map((warning) => ({
    pointer: warning.pointer ?? '',
    code: warning.code,
    message: detailMessage(warning, language),
  }));
}
