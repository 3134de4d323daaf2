import type { RowOutcome } from '@muster/contracts';

// What an import of tasks comes to, written down a second time, as plainly as can be: a table in memory, a row at a time.

export const FIELDS = ['subject', 'customer', 'dueDate', 'priority', 'done'] as const;
export type Field = (typeof FIELDS)[number];
export type Value = string | boolean | null;

export interface Task {
  readonly values: Readonly<Record<Field, Value>>;
  readonly binned: boolean;
}

export interface Column {
  readonly field: Field;
  readonly behaviour: 'overwrite' | 'keep';
  readonly emptyCell: 'keep' | 'clear' | 'default';
}

export interface ModelImport {
  readonly mode: 'create' | 'update' | 'upsert' | 'sync';
  readonly transfer: 'none' | 'copy' | 'move';
  readonly columns: readonly Column[];
}

export interface ModelRow {
  readonly rep: number;
  readonly key: string | null;
  readonly cells: readonly Value[];
}

/** Of each rep, its tasks by their external ids. */
export type Tables = Map<string, Task>[];

/** Customers that every rep has; who is called otherwise is nobody. */
export const CUSTOMERS = ['C1', 'C2'];

/** A customer as it stands in a task: whose it is, and its external id. A task that changes hands keeps that of its former rep. */
export const customerOf = (rep: number | string, externalId: string): string => `${rep}/${externalId}`;

const DEFAULTS: Partial<Record<Field, Value>> = { priority: 'normal', done: false };
const NOTHING: Record<Field, Value> = { subject: null, customer: null, dueDate: null, priority: null, done: null };

/** Applies one row to `tables`. @returns its outcome */
export function applyRow(tables: Tables, { rep, key, cells: texts }: ModelRow, given: ModelImport): RowOutcome {
  const own = tables[rep];
  if (!own) throw new Error('There is no such rep');
  const at = given.columns.findIndex(({ field }) => field === 'customer');
  const customer = at < 0 ? null : (texts[at] ?? null);
  if (key === null || (customer !== null && !CUSTOMERS.includes(String(customer)))) return 'invalid';
  const cells = customer === null ? texts : texts.with(at, customerOf(rep, String(customer)));
  const mine = own.get(key);
  if (mine) return given.mode === 'create' && !mine.binned ? 'invalid' : change(own, key, mine, cells, given);
  const from = given.mode === 'create' || given.transfer === 'none' ? undefined : otherRep(tables, rep, key);
  if (from) return transfer(own, from, key, cells, given);
  if (given.mode === 'update') return 'ignored';
  return create(own, key, cells, given);
}

/**
 * Which tasks are absent from rows that are about to be applied: live ones of reps with rows, for which none of them stands,
 * by its own key or, where records change hands, as what another rep's row takes along. Nobody is absent where a row has no key.
 * @param settled rows of which nothing becomes; they stand for something all the same
 */
export function absentFrom(
  tables: Tables,
  rows: readonly ModelRow[],
  settled: readonly ModelRow[],
  given: ModelImport,
): { rep: number; key: string }[] {
  const all = [...rows, ...settled];
  const inReach = new Set(all.map(({ rep }) => rep));
  const standsFor = ({ rep, key }: ModelRow): string => {
    if (key === null || tables[rep]?.has(key) || given.transfer === 'none') return `${rep} ${key}`;
    return `${tables.findIndex((table, i) => i !== rep && table.get(key)?.binned === false)} ${key}`;
  };
  const present = new Set(all.map(standsFor));
  return tables.flatMap((table, rep) =>
    [...table].flatMap(([key, { binned }]) =>
      binned || !inReach.has(rep) || present.has(`${rep} ${key}`) ? [] : [{ rep, key }],
    ),
  );
}

/** Puts those of them into the bin that are still where they were. @returns how many those are, of each rep */
export function removeAbsent(tables: Tables, absent: readonly { rep: number; key: string }[]): number[] {
  const removed = tables.map(() => 0);
  for (const { rep, key } of absent) {
    const task = tables[rep]?.get(key);
    if (!task || task.binned) continue;
    tables[rep]?.set(key, { ...task, binned: true });
    removed[rep] = (removed[rep] ?? 0) + 1;
  }
  return removed;
}

function create(own: Map<string, Task>, key: string, cells: readonly Value[], given: ModelImport): RowOutcome {
  const hasSubject = given.columns.some(({ field }) => field === 'subject');
  if (!hasSubject) return given.mode === 'create' ? 'invalid' : 'ignored';
  const values = { ...NOTHING, ...DEFAULTS };
  given.columns.forEach(({ field }, i) => (values[field] = cells[i] ?? DEFAULTS[field] ?? null));
  if (values.subject === null) return 'invalid';
  own.set(key, { values, binned: false });
  return 'created';
}

function change(
  own: Map<string, Task>,
  key: string,
  task: Task,
  cells: readonly Value[],
  given: ModelImport,
): RowOutcome {
  const values = changed(task, cells, given);
  if (!values) return 'invalid';
  const same = FIELDS.every((field) => values[field] === task.values[field]);
  if (same && !task.binned) return 'unchanged';
  own.set(key, { values, binned: false });
  return 'updated';
}

function transfer(
  own: Map<string, Task>,
  from: Map<string, Task>,
  key: string,
  cells: readonly Value[],
  given: ModelImport,
): RowOutcome {
  const task = from.get(key);
  const values = task && changed(task, cells, given);
  if (!values) return 'invalid';
  own.set(key, { values, binned: false });
  if (given.transfer === 'copy') return 'created';
  from.delete(key);
  return 'updated';
}

function changed({ values }: Task, cells: readonly Value[], { columns }: ModelImport): Task['values'] | undefined {
  const next: Record<Field, Value> = { ...values };
  columns.forEach(({ field, behaviour, emptyCell }, i) => {
    const cell = cells[i] ?? null;
    if (behaviour === 'keep' || (cell === null && emptyCell === 'keep')) return;
    if (cell !== null) next[field] = cell;
    else if (emptyCell === 'default' || field === 'done') next[field] = DEFAULTS[field] ?? null;
    else next[field] = null;
  });
  return next.subject === null ? undefined : next;
}

function otherRep(tables: Tables, rep: number, key: string): Map<string, Task> | undefined {
  return tables.find((table, i) => i !== rep && table.get(key)?.binned === false);
}
