import { configuration, csv, repOf } from './tables.js';

/** Customers of each rep before the sync; the first of them are absent from its file. */
const OF_REP = [
  { before: 9_000, absent: 7_500 },
  // As many as go in one step.
  { before: 2_000, absent: 1_000 },
  { before: 1_000, absent: 300 },
];
/** Of a rep who is in no row: all of them stay. */
const UNTOUCHED = 200;
export const REPS = OF_REP.length + 1;
/** New customers of each rep in the file. */
const NEW = 200;

const FIELDS = ['name1', 'city'];
const HEADER = ['Rep', 'Id', ...FIELDS];
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => from + place);
const idOf = (rep: number, n: number) => `${rep}-${String(n).padStart(5, '0')}`;
const rowOf = (rep: number, n: number, city: string) => [repOf(rep, REPS), idOf(rep, n), `Öz "${n}"`, city];
const ids = (rep: number, from: number, to: number) => numbers(from, to).map((n) => idOf(rep, n));

const isMoving = (n: number) => n % 2 === 0;
/** A city that is too long: its row is invalid, and its customer is present. */
const isWrong = (n: number) => n % 500 === 499;
const cityAfter = (n: number) => (isWrong(n) ? 'x'.repeat(300) : isMoving(n) ? 'Graz' : 'Wien');

/** Those who are there before. */
export const LOAD = {
  file: csv([
    HEADER,
    ...[...OF_REP, { before: UNTOUCHED }].flatMap(({ before }, rep) =>
      numbers(0, before).map((n) => rowOf(rep, n, 'Wien')),
    ),
  ]),
  configuration: configuration(FIELDS),
};

const ROWS_OF_FILE = OF_REP.flatMap(({ before, absent }, rep) => [
  ...numbers(absent, before).map((n) => rowOf(rep, n, cityAfter(n))),
  ...numbers(before, before + NEW).map((n) => rowOf(rep, n, 'Linz')),
]);

export const SYNC = {
  ...{ file: csv([HEADER, ...ROWS_OF_FILE]), fileName: 'sync.csv' },
  configuration: { ...configuration(FIELDS), mode: 'sync' },
};

export const ROWS = ROWS_OF_FILE.length;
export const ABSENT = OF_REP.flatMap(({ absent }, rep) => ids(rep, 0, absent));
/** They go in several steps. */
export const ABSENT_OF_FIRST = ids(0, 0, OF_REP[0]?.absent ?? 0);
export const CREATED = OF_REP.flatMap(({ before }, rep) => ids(rep, before, before + NEW));
const STAYING = OF_REP.flatMap(({ before, absent }, rep) => numbers(absent, before).map((n) => ({ rep, n })));
export const UPDATED = STAYING.filter(({ n }) => !isWrong(n) && isMoving(n)).map(({ rep, n }) => idOf(rep, n));
/** Who is there afterwards. */
export const LIVE = [...STAYING.map(({ rep, n }) => idOf(rep, n)), ...CREATED, ...ids(OF_REP.length, 0, UNTOUCHED)];

const INVALID = STAYING.filter(({ n }) => isWrong(n)).length;
/** What becomes of the rows, whatever happens meanwhile. */
export const COUNTERS = {
  read: ROWS,
  created: CREATED.length,
  updated: UPDATED.length,
  unchanged: STAYING.length - UPDATED.length - INVALID,
  invalid: INVALID,
  ignored: 0,
  failed: 0,
  unprocessed: 0,
  removed: ABSENT.length,
  deactivated: 0,
};
