import type { FieldColumn, RecordTable } from './record-table.js';

/** What is read of a record: each field in its canonical form, under its id. */
export function readList(columns: readonly FieldColumn[]): string {
  return ['r.id', 'r.version', 'r.deleted_at is not null as binned', ...columns.map(readExpression)].join(', ');
}

function readExpression({ field, column, type }: FieldColumn): string {
  const value =
    type === 'timestamp without time zone' ? `to_char(r.${column}, 'YYYY-MM-DD"T"HH24:MI:SS')` : `r.${column}`;
  return `${value} as "${field}"`;
}

/** One array parameter a column, from `$first` on, as the rows `v` with the columns' own names. */
export function unnest(columns: readonly { readonly column: string; readonly type: string }[], first: number): string {
  const arrays = columns.map(({ type }, i) => `$${first + i}::${type}[]`);
  return `unnest(${arrays.join(', ')}) as v(${columns.map(({ column }) => column).join(', ')})`;
}

const ID = { column: 'id', type: 'uuid' };

/** $1 company, $2 rep, $3 ids, then one array a column. */
export function insertStatement({ table }: RecordTable, columns: readonly FieldColumn[]): string {
  const names = columns.map(({ column }) => column);
  return `insert into ${table} (${['company_id', 'rep_id', 'id', ...names].join(', ')})
    select ${['$1::uuid', '$2::uuid', 'v.id', ...names.map((name) => `v.${name}`)].join(', ')}
    from ${unnest([ID, ...columns], 3)}`;
}

/**
 * $1 ids, then one array a column; takes the records out of the recycle bin. The ids stand in a condition of their own
 * because a planner without fresh statistics reads the whole table for the join alone.
 */
export function updateStatement({ table }: RecordTable, columns: readonly FieldColumn[]): string {
  const values = columns.map(({ column }) => `${column} = v.${column}`);
  return `update ${table} r
    set ${[...values, 'deleted_at = null', 'version = r.version + 1', 'updated_at = clock_timestamp()'].join(', ')}
    from ${unnest([ID, ...columns], 1)}
    where r.id = v.id and r.id = any($1::uuid[])`;
}
