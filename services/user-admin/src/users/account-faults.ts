import type { ProblemDetail } from '@muster/contracts';
import { isLongerThan, uprnFault } from '@muster/import-model';
import { ACCOUNT_FIELDS, INHERITED_FIELDS, type AccountField } from './account-fields.js';
import type { AccountState, AccountWishes } from './account-state.js';
import { DAY_OFF } from './apply-wishes.js';
import { isPhoneText } from './phone.js';
import { isTime, timeFaults } from './time-faults.js';
import { isDate } from './value-faults.js';

type Values = Readonly<Record<string, unknown>>;
type Fault = Omit<ProblemDetail, 'pointer'>;

export interface Occasion {
  /** In the company's time zone, `yyyy-MM-dd`. */
  readonly today: string;
  readonly isNew: boolean;
}

/**
 * What stands in the way of an account becoming `after`. Only what was wished for is looked at: what an account lacks from
 * earlier on stands in the way of nothing else.
 */
export function accountFaults(wishes: AccountWishes, after: AccountState, { today, isNew }: Occasion): ProblemDetail[] {
  const faults = [
    ...wishedFields(wishes).flatMap((field) => valueFaults(field, wishes, after, today)),
    ...requiredFaults(wishes, after, isNew),
    ...lengthFaults(after),
    ...coordinateFaults(wishes, after),
    ...timeFaults(wishes, after),
  ];
  return firstOfEach(faults);
}

/** In the order in which people see them. */
function wishedFields(wishes: AccountWishes): AccountField[] {
  return ACCOUNT_FIELDS.filter(({ property }) => wishes[property as keyof AccountWishes] !== undefined);
}

/** One place, one fault: the first one explains the others. */
function firstOfEach(faults: readonly ProblemDetail[]): ProblemDetail[] {
  return faults.filter(({ pointer }, index) => faults.findIndex((other) => other.pointer === pointer) === index);
}

/** What is wrong with values that the company sets for all. @param wishes and after by the entity's properties */
export function inheritedFaults(wishes: Values, after: Values): ProblemDetail[] {
  const values = INHERITED_FIELDS.flatMap((field) => {
    const value = wishes[field.property];
    const fault = typeof value === 'string' ? textFault(field, value, '') : undefined;
    return fault ? [{ pointer: pointerOf(field.id), ...fault }] : [];
  });
  return firstOfEach([...values, ...timeFaults(wishes, after)]);
}

function pointerOf(id: string): string {
  return `/${id.replaceAll('.', '/')}`;
}

function valueFaults(field: AccountField, wishes: AccountWishes, after: AccountState, today: string): ProblemDetail[] {
  const property = field.property as keyof AccountWishes;
  const fault = valueFault(field, after[property], wishes[property], after, today);
  return fault ? [{ pointer: pointerOf(field.id), ...fault }] : [];
}

function valueFault(
  field: AccountField,
  value: AccountState[keyof AccountState],
  wished: unknown,
  { kind, authorizationLevel }: AccountState,
  today: string,
): Fault | undefined {
  if (wished === null) return field.clearable ? undefined : { code: 'required' };
  if (value !== false && !field.kinds.includes(kind)) return { code: 'not_for_kind', params: { kind } };
  if (field.id === 'authorizationLevel' && !LEVELS[kind].includes(authorizationLevel)) {
    return { code: 'not_for_kind', params: { kind } };
  }
  if (typeof value === 'string') return textFault(field, value, today);
  return Array.isArray(value) ? listFault(field, value) : undefined;
}

function listFault({ maxEntries = Infinity }: AccountField, entries: readonly unknown[]): Fault | undefined {
  if (new Set(entries).size < entries.length) return { code: 'not_unique' };
  return entries.length > maxEntries ? { code: 'too_many', params: { limit: maxEntries } } : undefined;
}

/** Portal users administrate nothing; people do, or do not. */
const LEVELS: Record<AccountState['kind'], readonly number[]> = { staff: [0, 1, 2], portal: [0], person: [0, 2] };

function textFault({ type, id, maxLength }: AccountField, value: string, today: string): Fault | undefined {
  if (maxLength !== undefined && isLongerThan(value, maxLength) && type !== 'uprn') {
    return { code: 'too_long', params: { limit: maxLength } };
  }
  switch (type) {
    case 'phone':
      return isPhoneText(value) ? undefined : { code: 'phone_characters' };
    case 'uprn':
      return uprnFault(value);
    case 'date':
      if (!isDate(value)) return { code: 'invalid_format', params: { expected: 'date' } };
      return value < today ? undefined : { code: 'date_not_past' };
    case 'time': {
      const closes = id.startsWith('workingHours.');
      if (isTime(value) || (closes && value === DAY_OFF)) return undefined;
      return { code: 'time_format', params: { closed: closes ? 'yes' : 'no' } };
    }
    default:
      return undefined;
  }
}

type Needed = 'email' | 'firstName' | 'lastName' | 'displayName';

/** Portal users may have one name only, people without an e-mail sign in with their username. */
const REQUIRED: Record<AccountState['kind'], readonly Needed[]> = {
  staff: ['email', 'firstName', 'lastName'],
  portal: ['email', 'displayName'],
  person: ['firstName', 'lastName'],
};

function requiredFaults(wishes: AccountWishes, after: AccountState, isNew: boolean): ProblemDetail[] {
  const missing = REQUIRED[after.kind].filter((property) => !after[property]);
  // A username is made of the e-mail; without either there is nothing to sign in with.
  if (isNew && !after.email && !after.username && !missing.includes('email')) missing.push('email');
  const ours = missing.filter((property) => isNew || wishes[property] !== undefined);
  return ours.map((property) => ({ pointer: `/${property}`, code: 'required' }));
}

const NAMES = [
  ['firstName', 50],
  ['lastName', 50],
  ['displayName', 101],
] as const;

/** Names may follow from others that were wished for, and then be too long. */
function lengthFaults(after: AccountState): ProblemDetail[] {
  return NAMES.flatMap(([property, limit]) =>
    isLongerThan(after[property] ?? '', limit)
      ? [{ pointer: `/${property}`, code: 'too_long', params: { limit } }]
      : [],
  );
}

function coordinateFaults(wishes: AccountWishes, after: AccountState): ProblemDetail[] {
  if (wishes.homeLatitude === undefined && wishes.homeLongitude === undefined) return [];
  if ((after.homeLatitude === null) === (after.homeLongitude === null)) return [];
  const missing = after.homeLatitude === null ? 'latitude' : 'longitude';
  return [{ pointer: `/home/${missing}`, code: 'coordinates_incomplete' }];
}
