import type { AccountEffects } from '@muster/contracts';
import { administrates } from '../users/account-rules.js';
import type { AccountState } from '../users/account-state.js';
import type { KnownValues } from '../users/batch/account-batch.repository.js';
import { UNIQUE_FIELDS, type BatchItem, type UniqueField } from '../users/batch/batch-item.js';
import { usesLicence } from '../users/licence-rule.js';
import type { UserAccount } from '../users/user-account.entity.js';

type Standing = Pick<AccountState, 'kind' | 'authorizationLevel' | 'loginEnabled' | 'hasOwnSchedule'>;

/** Unique values that an item asks for. */
function claimedValues(item: BatchItem): Partial<Record<UniqueField, string>> {
  const { wishes } = item;
  if (typeof wishes === 'function') return {};
  const claims = UNIQUE_FIELDS.flatMap((field) => {
    const value = wishes[field];
    return typeof value === 'string' && value !== '' ? [[field, value] as const] : [];
  });
  return Object.fromEntries(claims);
}

/** What a row means to the rules over the whole file, whether or not it gets the values that it asks for. */
export function effectsOf(item: BatchItem, known: KnownValues): AccountEffects {
  const before = item.does === 'change' ? item.before : undefined;
  const after = standingAfter(item, before);
  const [licence, administrator] = [usesLicence, administrates].map(
    (rule) => Number(rule(after)) - Number(before !== undefined && rule(before)),
  );
  const needs = neededValues(item, before, known);
  const gives = givenFields(item, before, known);
  return {
    ...(licence !== 0 && { licences: licence as 1 | -1 }),
    ...(administrator !== 0 && { administrators: administrator as 1 | -1 }),
    ...(before?.loginEnabled === true && !after.loginEnabled && { deactivates: true }),
    ...(before?.authorizationLevel === 2 && after.authorizationLevel !== 2 && { demotes: true }),
    ...(before?.hasOwnSchedule === true && !after.hasOwnSchedule && { removesSchedule: true }),
    ...(gives.length > 0 && { gives }),
    ...(needs.length > 0 && { needs }),
  };
}

function standingAfter({ wishes }: BatchItem, before: UserAccount | undefined): Standing {
  const base = before ?? ({ kind: 'staff', authorizationLevel: 0, loginEnabled: true, hasOwnSchedule: true } as const);
  if (typeof wishes === 'function') return base;
  return {
    kind: base.kind,
    authorizationLevel: wishes.authorizationLevel ?? base.authorizationLevel,
    loginEnabled: wishes.loginEnabled ?? base.loginEnabled,
    hasOwnSchedule: wishes.hasOwnSchedule ?? base.hasOwnSchedule,
  };
}

function neededValues(item: BatchItem, before: UserAccount | undefined, known: KnownValues) {
  return Object.entries(claimedValues(item)).flatMap(([field, value]) => {
    const heldBy = known[field as UniqueField].get(value)?.holder;
    return heldBy === undefined || heldBy === before?.id ? [] : [{ field, heldBy }];
  });
}

/** Fields whose value somebody else may have afterwards: another is wished for, or none. */
function givenFields({ wishes }: BatchItem, before: UserAccount | undefined, known: KnownValues): string[] {
  if (!before || typeof wishes === 'function') return [];
  return UNIQUE_FIELDS.filter((field) => {
    const [had, wished] = [before[field], wishes[field]];
    if (had === null || wished === undefined || wished === had) return false;
    return wished === null || known[field].get(wished)?.holder !== before.id;
  });
}
