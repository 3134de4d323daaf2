/**
 * A statement-level trigger that keeps rows of another table in step with `table`. It reaches that table by its keys, row
 * by row: its plan is made once for a session, perhaps for one row, perhaps for thousands, and must suit both. What differs
 * between old and new rows is found by `except`, since a join of the two would be a loop within a loop.
 */
export function keep(
  schema: string,
  table: string,
  name: string,
  on: { readonly insert: string; readonly update: string; readonly delete: string },
): string[] {
  const transitions = {
    insert: 'new table as new_rows',
    update: 'old table as old_rows new table as new_rows',
    delete: 'old table as old_rows',
  };
  return (['insert', 'update', 'delete'] as const).flatMap((event) => [
    keeper(schema, `${name}_${event}`, on[event]),
    `create trigger ${name}_${event} after ${event} on "${table}" referencing ${transitions[event]}
     for each statement execute function ${name}_${event}()`,
  ]);
}

/** The function of such a trigger, made or replaced. */
export function keeper(schema: string, name: string, body: string): string {
  return `create or replace function ${name}() returns trigger language plpgsql
     security definer set search_path = ${schema}, pg_temp set enable_hashjoin = off
     set enable_mergejoin = off set enable_seqscan = off as $$
     begin
       ${body}
       return null;
     end $$`;
}
