import type { Id } from '@muster/contracts';
import { BETWEEN_VALUES, type ChunkRow, type PlanSettings } from '@muster/import-model';

const FIELD = 'userGroups';

/** Rows whose groups are known by ids, as far as there are such groups. */
export interface GroupedRows {
  readonly rows: readonly ChunkRow[];
  /** By row number: names that no group has. */
  readonly unknown: ReadonlyMap<number, readonly string[]>;
}

/** Where the groups of an account stand in a row; undefined: no column feeds them. */
export function groupsColumn({ columns }: PlanSettings): number | undefined {
  const at = columns.findIndex(({ field }) => field === FIELD);
  return at < 0 ? undefined : at;
}

/** Every name of a group that rows name, each once. */
export function namedGroups(rows: readonly ChunkRow[], at: number): string[] {
  return [...new Set(rows.flatMap(({ values }) => namesIn(values[at])))];
}

/** Puts the ids of groups, in the order in which accounts keep them, in the place of their names. */
export function withGroupIds(rows: readonly ChunkRow[], at: number, idOf: ReadonlyMap<string, Id>): GroupedRows {
  const unknown = new Map<number, string[]>();
  const grouped = rows.map(({ row, values }) => {
    const names = namesIn(values[at]);
    const missing = names.filter((name) => !idOf.has(name));
    if (missing.length > 0) unknown.set(row, missing);
    const ids = [...new Set(names.flatMap((name) => idOf.get(name) ?? []))].sort();
    return { row, values: values.with(at, ids.length > 0 ? ids.join(BETWEEN_VALUES) : null) };
  });
  return { rows: grouped, unknown };
}

function namesIn(cell: ChunkRow['values'][number] | undefined): string[] {
  return typeof cell === 'string' ? cell.split(BETWEEN_VALUES) : [];
}
