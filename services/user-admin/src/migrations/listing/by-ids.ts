import { COPIED, state } from './listing.js';
import { signsOf } from './term-signs.js';

const NOW_COPIED = [...COPIED, 'group_ids', 'found_by'];
const copied = NOW_COPIED.join(', ');
const MOVED = `select user_id, state, replaced_at from new_rows except select user_id, state, replaced_at from old_rows`;

// The rows are named by their ids, not joined: of a listing that was nearly empty when the session made its plan, a join went
// through each row for each link, from then on and whatever the listing had grown to.
const settle = (users: string) => `update "user_listing" l set link_state = ${state('l.user_id')}
  where l.user_id = any (array(${users})) and l.link_state <> ${state('l.user_id')}`;

/** Where a statement reaches the listing by ids, and joins old and new rows by hash. */
function keeper(schema: string, name: string, body: string): string {
  return `create or replace function ${name}() returns trigger language plpgsql
     security definer set search_path = ${schema}, pg_temp set enable_nestloop = off set enable_seqscan = off as $$
     begin
       ${body}
       return null;
     end $$`;
}

/** What keeps the listing in step costs what changes, however many rows the listing has and had. */
export function reachListingByIds(schema: string): string[] {
  return [
    keeper(schema, 'keep_link_state_insert', `${settle('select user_id from new_rows')};`),
    keeper(schema, 'keep_link_state_delete', `${settle('select user_id from old_rows')};`),
    keeper(
      schema,
      'keep_link_state_update',
      `if exists (${MOVED}) then
         ${settle(`select user_id from (${MOVED}) m`)};
       end if;`,
    ),
    keeper(
      schema,
      'keep_user_listing_update',
      `with c as materialized (select id, ${copied} from new_rows except select id, ${copied} from old_rows)
       update "user_listing" l set (${copied}) = (${NOW_COPIED.map((column) => `c.${column}`).join(', ')}),
              term_signs = case when l.found_by is not distinct from c.found_by then l.term_signs else ${signsOf('c')} end
         from c where l.user_id = c.id and l.user_id = any (array(select id from c));`,
    ),
  ];
}
