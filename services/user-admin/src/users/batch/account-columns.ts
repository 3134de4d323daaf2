import { ACCOUNT_FIELDS, type AccountField } from '../account-fields.js';
import type { AccountState } from '../account-state.js';

/** A column of `user_account` that people decide on, or that follows from what they decide. */
export interface AccountColumn {
  readonly property: keyof AccountState;
  readonly column: string;
  /** SQL. */
  readonly type: string;
}

const DERIVED: readonly AccountColumn[] = [
  { property: 'displayNameByHand', column: 'display_name_by_hand', type: 'boolean' },
  { property: 'phoneE164', column: 'phone_e164', type: 'text' },
  { property: 'mobileE164', column: 'mobile_e164', type: 'text' },
];

export const ACCOUNT_COLUMNS: readonly AccountColumn[] = [
  ...ACCOUNT_FIELDS.filter(({ readOnly }) => !readOnly).map((field) => ({
    property: field.property as keyof AccountState,
    column: field.column,
    type: typeOf(field),
  })),
  ...DERIVED,
];

function typeOf({ type, values }: AccountField): string {
  switch (type) {
    case 'integer':
      return 'smallint';
    case 'choice':
      return values?.every((value) => typeof value === 'number') ? 'smallint' : 'text';
    case 'number':
      return 'double precision';
    case 'yesNo':
      return 'boolean';
    case 'date':
      return 'date';
    case 'list':
      return 'text[]';
    case 'groups':
      return 'uuid[]';
    default:
      return 'text';
  }
}
