import { ACCOUNT_KINDS, AUTHORIZATION_LEVELS, type AccountKind } from './account-kinds.js';

export const GENDERS = ['male', 'female', 'prefer_not_to_say'] as const;
export type Gender = (typeof GENDERS)[number];

/** `fixed`: from one time to another; `flexible`: so many minutes between two times. */
export const WORK_BREAK_MODES = ['none', 'fixed', 'flexible'] as const;
export type WorkBreakMode = (typeof WORK_BREAK_MODES)[number];

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * | type | value |
 * | --- | --- |
 * | text, multiline, email, phone, uprn | text |
 * | recordId | 32 lower-case hexadecimal digits |
 * | integer, number | a number within `min` and `max` |
 * | yesNo | a boolean |
 * | date | `yyyy-MM-dd` |
 * | time | `HH:mm`; in working hours also `closed` |
 * | choice | one of `values` |
 * | language | a language that Muster has |
 * | list, groups | texts, ids of groups |
 */
export type AccountFieldType =
  | 'text'
  | 'multiline'
  | 'email'
  | 'phone'
  | 'uprn'
  | 'recordId'
  | 'integer'
  | 'number'
  | 'yesNo'
  | 'date'
  | 'time'
  | 'choice'
  | 'language'
  | 'list'
  | 'groups';

/** One field of a user account: what the API, the export, the company's settings and an import know of it. */
export interface AccountField {
  /** `home.street`: the property `street` of the object `home` in the API, and the target that a mapping names. */
  readonly id: string;
  readonly column: string;
  /** The entity's property. */
  readonly property: string;
  readonly type: AccountFieldType;
  /** Characters, of each entry when it is a list; see `lengthOf`. */
  readonly maxLength?: number;
  /** Entries of a list. */
  readonly maxEntries?: number;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly (string | number)[];
  /** Whether null may be written, which empties it. */
  readonly clearable: boolean;
  /** Given by the system. */
  readonly readOnly: boolean;
  /** Left out for everybody else. */
  readonly administratorsOnly: boolean;
  /** Whether the company sets it for those who have not set it. */
  readonly inherited: boolean;
  /** Preset: all. */
  readonly kinds: readonly AccountKind[];
}

type Wishes = Partial<Omit<AccountField, 'id' | 'type' | 'property'>>;

const snakeCase = (text: string) =>
  text.replaceAll('.', '_').replaceAll(/[A-Z]/g, (upper) => `_${upper.toLowerCase()}`);
const camelCase = (text: string) => text.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

function field(id: string, type: AccountFieldType, wishes: Wishes = {}): AccountField {
  const { column = snakeCase(id) } = wishes;
  const presets = {
    clearable: true,
    readOnly: false,
    administratorsOnly: false,
    inherited: false,
    kinds: ACCOUNT_KINDS,
  };
  return { id, type, ...presets, ...wishes, column, property: camelCase(column) };
}

const given = (id: string, type: AccountFieldType, wishes: Wishes = {}) =>
  field(id, type, { ...wishes, readOnly: true, clearable: false });
const inherited = (id: string, type: AccountFieldType, wishes: Wishes = {}) =>
  field(id, type, { ...wishes, inherited: true });

const IDENTITY = [
  given('id', 'recordId'),
  field('kind', 'choice', { values: ACCOUNT_KINDS, clearable: false }),
  field('employeeNumber', 'text', { maxLength: 64 }),
  field('email', 'email', { maxLength: 254, clearable: false }),
  field('username', 'text', { maxLength: 50, clearable: false }),
  field('displayName', 'text', { maxLength: 101 }),
  field('title', 'text', { maxLength: 5 }),
  field('firstName', 'text', { maxLength: 50, clearable: false }),
  field('lastName', 'text', { maxLength: 50, clearable: false }),
  field('mobile', 'phone', { maxLength: 20 }),
  field('phone', 'phone', { maxLength: 20 }),
  field('language', 'language'),
  field('authorizationLevel', 'choice', { values: AUTHORIZATION_LEVELS, clearable: false }),
  field('hasOwnSchedule', 'yesNo', { clearable: false, kinds: ['staff'] }),
  field('userGroups', 'groups', { column: 'group_ids', maxEntries: 97 }),
  field('loginEnabled', 'yesNo', { clearable: false }),
  field('note', 'multiline', { maxLength: 1000, administratorsOnly: true }),
];

const HOME = [
  field('home.street', 'text', { maxLength: 100 }),
  field('home.postalCode', 'text', { maxLength: 20 }),
  field('home.city', 'text', { maxLength: 100 }),
  field('home.state', 'text', { maxLength: 60 }),
  field('home.country', 'text', { maxLength: 60 }),
  field('home.latitude', 'number', { min: -90, max: 90 }),
  field('home.longitude', 'number', { min: -180, max: 180 }),
];

const WORK = [
  ...WEEKDAYS.flatMap((day) => [
    inherited(`workingHours.${day}.from`, 'time'),
    inherited(`workingHours.${day}.to`, 'time'),
  ]),
  inherited('workBreak.mode', 'choice', { values: WORK_BREAK_MODES }),
  inherited('workBreak.from', 'time'),
  inherited('workBreak.to', 'time'),
  inherited('workBreak.minutes', 'integer', { min: 0, max: 480 }),
  inherited('overnight.days', 'integer', { min: 0, max: 31 }),
  inherited('overnight.minDistance', 'integer', { min: 0, max: 5000 }),
  inherited('overnight.minMinutes', 'integer', { min: 0, max: 1440 }),
  inherited('overnight.maxTravelMinutes', 'integer', { min: 0, max: 1440 }),
  ...['city', 'country', 'highway'].map((road) => inherited(`drivingSpeed.${road}`, 'integer', { min: -50, max: 50 })),
  inherited('defaults.callInterval', 'integer', { column: 'default_call_interval', min: 0, max: 3650 }),
  inherited('defaults.callDuration', 'integer', { column: 'default_call_duration', min: 0, max: 1440 }),
  inherited('defaults.businessHours', 'text', { column: 'default_business_hours', maxLength: 200 }),
];

const PERSON = [
  field('uprn', 'uprn', { maxLength: 12 }),
  field('dateOfBirth', 'date'),
  field('customerType', 'text', { maxLength: 30 }),
  field('taxIdentifier', 'text', { maxLength: 30, administratorsOnly: true }),
  field('gender', 'choice', { values: GENDERS }),
  field('accessLevel', 'text', { maxLength: 50 }),
  field('roles', 'list', { maxLength: 50, maxEntries: 100 }),
  field('roleOptions', 'list', { maxLength: 50, maxEntries: 100 }),
];

/** Every field of an account, in the order in which people see them. */
export const ACCOUNT_FIELDS: readonly AccountField[] = [...IDENTITY, ...HOME, ...WORK, ...PERSON];

/** What an account has of its own or from its company. */
export const INHERITED_FIELDS: readonly AccountField[] = ACCOUNT_FIELDS.filter((field) => field.inherited);

/** Values of inherited fields by their ids. */
export type InheritedValues = Readonly<Record<string, string | number | null>>;

const byId = new Map(ACCOUNT_FIELDS.map((field) => [field.id, field]));

export function accountField(id: string): AccountField | undefined {
  return byId.get(id);
}
