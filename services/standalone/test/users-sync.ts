import { csv } from './tables.js';

/** Accounts before the sync. */
export const BEFORE = 10_000;
/** The first of them are absent from its file. */
export const ABSENT = 2_000;
/** Rows of the sync, and so many of its accounts are new. */
export const ROWS = 20_000;
export const NEW = ROWS - (BEFORE - ABSENT) - 1;
/** So many at the beginning of the file exchange their numbers with as many at the end of those that were there. */
const SWAPPED = 100;
/** Every so many a new account asks for a schedule. */
const ASKING_EVERY = 40;
/** Two hold a licence before, of whom one gives it up. */
export const LICENCES = 150;
export const FREE_LICENCES = LICENCES - 1;

const FIELDS = ['email', 'employeeNumber', 'firstName', 'lastName', 'hasOwnSchedule', 'userGroups', 'mobile'] as const;
type Row = Record<(typeof FIELDS)[number], string>;

export const emailOf = (n: number) => `user${n}@example.com`;
const numberOf = (n: number) => `N${String(n).padStart(6, '0')}`;

function user(n: number): Row {
  return {
    email: emailOf(n),
    employeeNumber: numberOf(n),
    firstName: `Änne ${n}`,
    lastName: `Öz "${n}"`,
    hasOwnSchedule: 'nein',
    userGroups: n % 2 ? 'Nord;Süd' : 'Süd',
    mobile: `+43 664 ${1_000_000 + n}`,
  };
}

/** A number for a number, from one end of the file to the other; all others keep theirs. */
export function numberAfter(n: number): string {
  if (n >= ABSENT && n < ABSENT + SWAPPED) return numberOf(n - ABSENT + BEFORE - SWAPPED);
  if (n >= BEFORE - SWAPPED && n < BEFORE) return numberOf(n - BEFORE + SWAPPED + ABSENT);
  return numberOf(n);
}

const isSwapped = (n: number) => numberAfter(n) !== numberOf(n);
const isCalledAnew = (n: number) => n % 2 === 0;
export const asksForSchedule = (n: number) => n >= BEFORE && n % ASKING_EVERY === 0;

/** An account that was there, as the sync wishes it. */
function wished(n: number): Row {
  const before = user(n);
  return { ...before, employeeNumber: numberAfter(n), mobile: isCalledAnew(n) ? '+43 1 234567' : before.mobile };
}

function born(n: number): Row {
  return { ...user(n), hasOwnSchedule: asksForSchedule(n) ? 'ja' : 'nein' };
}

/** Loses its schedule, and its records with it. */
const REP: Row = {
  ...user(0),
  ...{ email: 'rep01@example.com', employeeNumber: '001', firstName: 'Rep', lastName: 'Nr. 01', mobile: '' },
  userGroups: '',
};

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => from + place);
export const STAYING = numbers(ABSENT, BEFORE);
export const COMING = numbers(BEFORE, BEFORE + NEW);

function fileOf(rows: readonly Row[]): string {
  return csv([[...FIELDS], ...rows.map((row) => FIELDS.map((field) => row[field]))]);
}

function configurationOf(mode: string, options: object): object {
  const mappings = FIELDS.map((field) => ({ SourceFieldID: field, TargetFieldID: field }));
  return { formatVersion: 1, entity: 'user', mode, mappings, options };
}

/** Those who are there before. */
export const LOAD = {
  ...{ file: fileOf(numbers(0, BEFORE).map(user)), fileName: 'users.csv' },
  configuration: configurationOf('upsert', { unknownGroups: 'create' }),
};

export const SYNC = {
  ...{ file: fileOf([REP, ...STAYING.map(wished), ...COMING.map(born)]), fileName: 'sync.csv' },
  configuration: configurationOf('sync', { unknownGroups: 'create', allowScheduleRemoval: true }),
};

const ASKING = COMING.filter(asksForSchedule);
/** In the order of the file. */
export const GIVEN = ASKING.slice(0, FREE_LICENCES);
export const REFUSED = ASKING.slice(FREE_LICENCES);
const CHANGED = STAYING.filter((n) => isSwapped(n) || isCalledAnew(n));

/** What becomes of the rows, whatever happens meanwhile. */
export const COUNTERS = {
  read: ROWS,
  created: NEW - REFUSED.length,
  updated: CHANGED.length + 1,
  unchanged: STAYING.length - CHANGED.length,
  invalid: REFUSED.length,
  ignored: 0,
  failed: 0,
  unprocessed: 0,
};
