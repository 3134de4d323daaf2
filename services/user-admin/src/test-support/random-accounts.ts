import fc from 'fast-check';
import { planSettings, rowKey, USER, type ChunkRow } from '@muster/import-model';
import { comparedAs, fieldOf } from '@muster/import-model';
import type { ChunkOptions, Id } from '@muster/contracts';
import type { ChunkOrder } from '@muster/import-owner';
import type { Cell } from './account-chunks.js';

type Column = ChunkOrder['columns'][number];

/** Where a file names an account by its id: the account with this number among all that there are by then, or one that there is not. */
export interface NamedById {
  readonly account: number;
}

/** A file of accounts as it comes from staging: every row by itself in order. */
export interface RandomFile {
  readonly mode: 'create' | 'update' | 'upsert' | 'sync';
  readonly columns: readonly Column[];
  readonly options: ChunkOptions;
  readonly rows: readonly (readonly (Cell | NamedById)[])[];
  readonly chunkSize: number;
  /** In which order chunks are run, as far as there are so many. */
  readonly order: readonly number[];
  /** What the company has, beyond what is in use. */
  readonly spareLicences: number;
  /** Rows of a sync that were found invalid before, by their places. */
  readonly settled: readonly number[];
}

const upTo = (count: number, name: (n: number) => string) => Array.from({ length: count }, (_, n) => name(n));

const POOLS: Record<string, readonly Cell[]> = {
  email: [...upTo(7, (n) => `e${n}@example.com`), 'E1@Example.com', 'portal@example.com', null],
  employeeNumber: [...upTo(6, (n) => `00${n}`), 'P1', null],
  username: [...upTo(5, (n) => `user${n}`), 'USER1', null],
  firstName: ['Ann', 'Ben', null],
  lastName: ['Ash', 'Birch', 'Cedar', null],
  displayName: ['Ann Ash', 'Dr. Birch', null],
  title: ['Dr.', null],
  mobile: ['+43 664 1', '0664 2', '12', null],
  language: ['de', 'en', null],
  authorizationLevel: ['0', '1', '2', '2', null],
  hasOwnSchedule: [true, true, false, null],
  loginEnabled: [true, false, null],
  userGroups: ['North', 'North;South', 'East', null],
  note: ['seen', null],
  'home.latitude': [47.07, null],
  'home.longitude': [15.43, null],
  accessLevel: ['gold', null],
};
const KEYS = [['email'], ['email'], ['employeeNumber'], ['id'], ['username'], ['lastName', 'firstName'], ['email', 'employeeNumber'], ['id', 'email']]; // prettier-ignore
const UNIQUE = ['email', 'employeeNumber', 'username', 'id'];

function cellsOf(field: string): fc.Arbitrary<Cell | NamedById> {
  if (field === 'id') {
    return fc.oneof({ weight: 5, arbitrary: fc.record({ account: fc.nat(12) }) }, { weight: 2, arbitrary: fc.constant(null) });
  } // prettier-ignore
  return fc.constantFrom(...(POOLS[field] ?? [null]));
}

const columns = fc
  .tuple(fc.constantFrom(...KEYS), fc.subarray(Object.keys(POOLS), { minLength: 1 }), fc.boolean())
  .chain(([keys, chosen, canCreate]) => {
    const needed = canCreate ? ['email', 'firstName', 'lastName'] : [];
    const others = [...new Set([...needed, ...chosen])].filter((field) => !keys.includes(field));
    return fc.tuple(...keys.map((field) => fc.constant(column(field, 'key', 'keep'))), ...others.map(writtenColumn));
  });

function column(field: string, behaviour: Column['behaviour'], emptyCell: Column['emptyCell']): Column {
  return { field, behaviour, emptyCell };
}

function writtenColumn(field: string): fc.Arbitrary<Column> {
  const behaviour = fc.constantFrom('overwrite' as const, 'overwrite' as const, 'keep' as const);
  const emptyCell = fc.constantFrom('keep' as const, 'keep' as const, 'clear' as const, 'default' as const);
  return fc.tuple(behaviour, emptyCell).map(([how, empty]) => column(field, how, empty));
}

const options = fc.record({
  allowScheduleRemoval: fc.boolean(),
  unknownGroups: fc.constantFrom('refuse' as const, 'create' as const),
});

/** A file of anything. */
const anyFile: fc.Arbitrary<RandomFile> = columns.chain((chosen) =>
  fc.record({
    mode: fc.constantFrom('create', 'update', 'upsert', 'upsert', 'sync'),
    columns: fc.constant(chosen),
    options,
    rows: fc.array(fc.tuple(...chosen.map(({ field }) => cellsOf(field))), { minLength: 1, maxLength: 9 }),
    chunkSize: fc.integer({ min: 1, max: 5 }),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
    spareLicences: fc.integer({ min: -1, max: 4 }),
    settled: fc.subarray([0, 1, 2], { maxLength: 1 }),
  }),
);

const EMAILS = upTo(8, (n) => `e${n}@example.com`);
const NUMBERS = upTo(8, (n) => `00${n}`);

/** People who take numbers, licences and the administrator's part from each other. */
const tightFile: fc.Arbitrary<RandomFile> = fc
  .tuple(
    fc.shuffledSubarray(EMAILS, { minLength: 4 }),
    fc.shuffledSubarray(NUMBERS, { minLength: 8 }),
    fc.array(fc.tuple(fc.boolean(), fc.constantFrom('0', '2', null), fc.constantFrom(true, true, false, null)), { minLength: 8, maxLength: 8 }),
    fc.record({ mode: fc.constantFrom('update', 'upsert', 'upsert', 'sync'), chunkSize: fc.integer({ min: 1, max: 4 }), spareLicences: fc.integer({ min: -1, max: 1 }) }),
    fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
    fc.boolean(),
  )
  .map(([emails, numbers, rest, more, order, withNumbers]) => ({
    ...more,
    columns: ['firstName', 'lastName', ...(withNumbers ? ['employeeNumber'] : []), 'hasOwnSchedule', 'authorizationLevel', 'loginEnabled'].reduce(
      (all, field) => [...all, column(field, 'overwrite', 'keep')],
      [column('email', 'key', 'keep')],
    ),
    options: { allowScheduleRemoval: true },
    rows: emails.map((email, i) => {
      const [schedule = true, level = null, login = null] = rest[i] ?? [];
      return [email, 'Ann', 'Ash', ...(withNumbers ? [numbers[i] ?? null] : []), schedule, level, login];
    }),
    order,
    settled: [],
  })); // prettier-ignore

export const randomFile: fc.Arbitrary<RandomFile> = fc.oneof(anyFile, tightFile);

/** The file with ids in it, without the rows that staging finds invalid because they share a key or a unique value. */
export function rowsOf(file: RandomFile, accounts: readonly Id[]): ChunkRow[] {
  const settings = planSettings(USER, { mode: file.mode, columns: [...file.columns] });
  const unknown = 'f'.repeat(32);
  const seen = new Map<string, number>();
  const rows = file.rows.map((cells, i) => {
    const values = cells.map((cell) =>
      typeof cell === 'object' && cell !== null ? (accounts[cell.account] ?? unknown) : cell,
    );
    const key = rowKey(values, settings);
    const unique = file.columns.flatMap(({ field }, at) => {
      const value = values[at] ?? null;
      return UNIQUE.includes(field) && value !== null ? [`${field} ${comparedAs(value, fieldOf(USER, field))}`] : [];
    });
    const texts = [...unique, ...(key.kind === 'key' ? [`key ${JSON.stringify(key.values).toLowerCase()}`] : [])];
    for (const text of texts) seen.set(text, (seen.get(text) ?? 0) + 1);
    return { row: { row: i + 2, values }, texts };
  });
  return rows.filter(({ texts }) => texts.every((text) => seen.get(text) === 1)).map(({ row }) => row);
}
