import { ACCOUNT_FIELDS } from '../account-fields.js';
import type { AccountState } from '../account-state.js';

export type FieldValue = string | number | boolean | null | readonly string[];

export interface FieldDifference {
  /** `home.street`. */
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

/** What differs, field by field; what merely follows from a field, such as the international form of a number, is left out. */
export function fieldDifferences(before: AccountState, changes: Partial<AccountState>): FieldDifference[] {
  const [from, to] = [before, changes] as unknown as Readonly<Record<string, FieldValue | undefined>>[];
  return ACCOUNT_FIELDS.flatMap(({ id, property }) => {
    const after = to?.[property];
    return after === undefined ? [] : [{ field: id, from: from?.[property] ?? null, to: after }];
  });
}
