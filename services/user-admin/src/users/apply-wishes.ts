import type { Language } from '@muster/contracts';
import { ACCOUNT_FIELDS } from './account-fields.js';
import { isList, type AccountState, type AccountWishes } from './account-state.js';
import { namesAfter } from './display-name.js';
import { e164Of } from './phone.js';

/** What the company gives to the values of its accounts. */
export interface CompanyValues {
  readonly language: Language;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export const DAY_OFF = 'closed';

/** The account as it is wished for. Says nothing of whether that may be; see `account-faults.ts`. */
export function applyWishes(before: AccountState, wishes: AccountWishes, company: CompanyValues): AccountState {
  const written = writtenValues(wishes, company.language);
  const { phone = before.phone, mobile = before.mobile } = written;
  const e164 = (text: string | null) => (text === null ? null : e164Of(text, company.country));
  return {
    ...before,
    ...written,
    ...namesAfter(before, wishes),
    ...daysOff(wishes),
    // A number that stays keeps its international form, even when the company has moved to another country.
    phoneE164: phone === before.phone ? before.phoneE164 : e164(phone),
    mobileE164: mobile === before.mobile ? before.mobileE164 : e164(mobile),
  };
}

function writtenValues(wishes: AccountWishes, language: Language): Partial<AccountState> {
  const values: Record<string, unknown> = {};
  for (const property in wishes) {
    const value = wishes[property as keyof AccountWishes];
    const type = TYPES.get(property);
    if (value === undefined || type === undefined) continue;
    if (type === 'language') values[property] = value ?? language;
    else if (type === 'groups') values[property] = [...((value ?? []) as string[])].sort();
    else values[property] = value ?? (isList(type) ? [] : null);
  }
  return values;
}

const TYPES = new Map(ACCOUNT_FIELDS.map(({ property, type }) => [property, type]));

type Hours = `workingHours${'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun'}${'From' | 'To'}`;

const DAYS = (['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const).map(
  (day) => [`workingHours${day}From`, `workingHours${day}To`] as const,
);

/** A day that begins `closed` is off altogether, and so is one that ends so. */
export function daysOff(wishes: Readonly<Partial<Record<Hours, unknown>>>): Partial<Record<Hours, string>> {
  const changes: Partial<Record<Hours, string>> = {};
  for (const [from, to] of DAYS) {
    if (wishes[from] === DAY_OFF && wishes[to] === undefined) changes[to] = DAY_OFF;
    if (wishes[to] === DAY_OFF && wishes[from] === undefined) changes[from] = DAY_OFF;
  }
  return changes;
}
