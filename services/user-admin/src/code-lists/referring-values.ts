import type { Id, ProblemDetail } from '@muster/contracts';
import { unknownCodeParams } from '@muster/import-model';
import type { UserAccount } from '../users/user-account.entity.js';
import { isKnownCode } from './check-code.js';
import type { CodeList, CodeListName } from './code-list.js';

/** What an account names that the company keeps elsewhere: groups and codes. */
export type ReferringValues = Pick<UserAccount, 'groupIds' | 'accessLevel' | 'roles' | 'roleOptions' | 'customerType'>;
type CodedField = Exclude<keyof ReferringValues, 'groupIds'>;

const LIST_OF: Readonly<Record<CodedField, CodeListName>> = {
  accessLevel: 'access-levels',
  roles: 'portal-roles',
  roleOptions: 'role-options',
  customerType: 'customer-types',
};
const CODED_FIELDS = Object.keys(LIST_OF) as CodedField[];

/**
 * What `after` names and `before` did not. What an account has had from earlier on is no fault of this change, also when
 * the company has taken it from its list since.
 */
export interface NewReferences {
  readonly groupIds: readonly Id[];
  readonly codes: readonly { readonly field: CodedField; readonly list: CodeListName; readonly value: string }[];
}

export function newReferences(before: ReferringValues | undefined, after: ReferringValues): NewReferences {
  const added = (field: keyof ReferringValues) => {
    const had = new Set(valuesOf(before?.[field]));
    return valuesOf(after[field]).filter((value) => !had.has(value));
  };
  return {
    groupIds: added('groupIds'),
    codes: CODED_FIELDS.flatMap((field) => added(field).map((value) => ({ field, list: LIST_OF[field], value }))),
  };
}

export interface KnownReferences {
  readonly groupIds: ReadonlySet<Id>;
  readonly lists: ReadonlyMap<CodeListName, CodeList>;
}

/** `unknown_group` and `unknown_code`, by the account's fields. */
export function referenceFaults({ groupIds, codes }: NewReferences, known: KnownReferences): ProblemDetail[] {
  const groups = groupIds
    .filter((id) => !known.groupIds.has(id))
    .map((group) => ({ pointer: '/userGroups', code: 'unknown_group', params: { group } }));
  const unknown = codes.flatMap(({ field, list, value }) => {
    const codes = known.lists.get(list) ?? new Map<string, unknown>();
    if (isKnownCode(codes, value)) return [];
    const params = unknownCodeParams(value, [...codes.keys()]);
    return [{ pointer: `/${field}`, code: 'unknown_code', params }];
  });
  return [...groups, ...unknown];
}

function valuesOf(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
