import { isPlain, type FieldColumn, type FieldColumnType, type RecordTable } from './record-table.js';

/** What is read of a record: each field in its canonical form, under its id. */
export function readList(columns: readonly FieldColumn[]): string {
  const fields = columns.map((column) => `${canonical(column)} as "${column.field}"`);
  return ['r.id', 'r.version', 'r.deleted_at is not null as binned', ...fields].join(', ');
}

function canonical(column: FieldColumn): string {
  const value = stored(column);
  if (!isPlain(column)) return value;
  if (column.type === 'timestamp without time zone') return `to_char(${value}, 'YYYY-MM-DD"T"HH24:MI:SS')`;
  return column.type === 'date' ? `to_char(${value}, 'YYYY-MM-DD')` : value;
}

/** Names of the company's own fields are letters, digits and `_`; the table of them sees to it. */
function stored(column: FieldColumn): string {
  return isPlain(column) ? `r.${column.column}` : `r.custom_fields -> '${column.custom}'`;
}

interface ArrayColumn {
  readonly column: string;
  readonly type: FieldColumnType | 'jsonb';
}

const ID: ArrayColumn = { column: 'id', type: 'uuid' };
const CUSTOM_FIELDS: ArrayColumn = { column: 'custom_fields', type: 'jsonb' };

/** The arrays by which values are written: one for each column, one for all fields of the company. */
export function writtenArrays(columns: readonly FieldColumn[]): ArrayColumn[] {
  return [...columns.filter(isPlain), ...(columns.every(isPlain) ? [] : [CUSTOM_FIELDS])];
}

/** One array parameter a column, from `$first` on, as the rows `v` with the columns' own names. */
function unnest(columns: readonly ArrayColumn[], first: number): string {
  const arrays = columns.map(({ type }, i) => `$${first + i}::${type}[]`);
  return `unnest(${arrays.join(', ')}) as v(${columns.map(({ column }) => column).join(', ')})`;
}

/**
 * From `r` on: the records of the rep $1 (`=`) or of all others (`<>`) that have one of these values in all the columns, from
 * $2 on one array each (see `keyArray`). Reads all of them.
 */
export function withValues(columns: readonly FieldColumn[], rep: '=' | '<>'): string {
  const same = columns.map((column, i) => `${stored(column)} = v.key${i}`);
  return `r join ${unnest(keyArrays(columns), 2)} on ${same.join(' and ')} where r.rep_id ${rep} $1`;
}

/**
 * As `withValues`, by what is kept of the keys: the key set comes after the arrays. Whoever reads what is found compares the
 * values. Nothing is joined, because a planner without fresh statistics would read all keys.
 * @param columns in the order of key sets, see `inKeyOrder`
 */
export function withKeys(columns: readonly FieldColumn[], rep: '=' | '<>'): string {
  const texts = columns.map((_column, i) => `to_jsonb(v.key${i}) #>> '{}'`);
  return `r where r.rep_id ${rep} $1 and r.id = any(array(
    select k.record_id from record_key k where k.key_set_id = $${columns.length + 2} and k.rep_id ${rep} $1 and k.digest = any(array(
      select key_digest(array[${texts.join(', ')}]) from ${unnest(keyArrays(columns), 2)}))))`;
}

function keyArrays(columns: readonly FieldColumn[]): ArrayColumn[] {
  return columns.map((column, i) => ({ column: `key${i}`, type: isPlain(column) ? column.type : 'jsonb' }));
}

/** $1 company, $2 rep, $3 ids, then one array each of {@link writtenArrays}. */
export function insertStatement({ table }: RecordTable, columns: readonly FieldColumn[]): string {
  const arrays = writtenArrays(columns);
  const names = arrays.map(({ column }) => column);
  return `insert into ${table} (${['company_id', 'rep_id', 'id', ...names].join(', ')})
    select ${['$1::uuid', '$2::uuid', 'v.id', ...arrays.map(newValue)].join(', ')}
    from ${unnest([ID, ...arrays], 3)}`;
}

/**
 * $1 the rep whose they are from now on, or null when that stays, $2 ids, then one array each of {@link writtenArrays}; takes
 * the records out of the recycle bin. The ids stand in a condition of their own because a planner without fresh statistics
 * reads the whole table for the join alone.
 */
export function updateStatement({ table }: RecordTable, columns: readonly FieldColumn[]): string {
  const arrays = writtenArrays(columns);
  const values = arrays.map((array) => `${array.column} = ${writtenValue(array)}`);
  const rest = [
    'rep_id = coalesce($1::uuid, r.rep_id)',
    'deleted_at = null',
    'deleted_cause = null',
    'version = r.version + 1',
  ];
  return `update ${table} r
    set ${[...values, ...rest, 'updated_at = clock_timestamp()'].join(', ')}
    from ${unnest([ID, ...arrays], 2)}
    where r.id = v.id and r.id = any($2::uuid[])`;
}

function newValue({ column }: ArrayColumn): string {
  return column === CUSTOM_FIELDS.column ? 'jsonb_strip_nulls(v.custom_fields)' : `v.${column}`;
}

function writtenValue({ column }: ArrayColumn): string {
  return column === CUSTOM_FIELDS.column ? 'jsonb_strip_nulls(r.custom_fields || v.custom_fields)' : `v.${column}`;
}
