import { keeper } from './keep.js';
import { COPIED, FILTERED, state } from './listing.js';

const NOW_COPIED = [...COPIED, 'group_ids', 'found_by'];
const copied = NOW_COPIED.join(', ');

// How a word begins: a bit for its first character, which letters and digits have to themselves, one for its first two.
const FIRST = '1::bigint << (ascii(term) % 38)';
const PAIR = '1::bigint << (38 + (ascii(term) * 31 + ascii(substr(term, 2, 1))) % 25)';
// One expression, which the planner writes into the statement that calls it.
const TERM_SIGNS = `create function term_signs(term text) returns bigint language sql immutable parallel safe as $$
  select case length(term) when 0 then 0 when 1 then ${FIRST} else (${FIRST}) | (${PAIR}) end $$`;

export const signsOf = (row: string) =>
  `coalesce((select bit_or(term_signs(s.term)) from unnest(string_to_array(${row}.found_by, ' ')) s(term)), 0)`;

/**
 * Groups and words stand beside what else lists are filtered by, in a row a third as long as the account's. In no index: an
 * account that only changes its groups leaves those alone. How its words begin is in the indexes of the orders: whoever lacks
 * a bit of a word has no such word, so that few rows are looked at that have not what is looked for.
 */
export function addTermSigns(schema: string): string[] {
  return [
    TERM_SIGNS,
    // A row that changes in no column of an index stays on its page, if there is room.
    `alter table "user_listing" set (fillfactor = 80), add column term_signs bigint not null default 0,
       add column group_ids uuid[] not null default '{}', add column found_by text collate "C"`,
    `update "user_listing" l set term_signs = ${signsOf('u')}, group_ids = u.group_ids, found_by = u.found_by
       from "user_account" u where u.id = l.user_id`,
    `alter table "user_listing" alter column term_signs drop default, alter column group_ids drop default`,
    ...['', 'name', 'email', 'number'].flatMap((order) => {
      const [name, sorted] = [`"IDX_user_listing_by_${order || 'created'}"`, order === '' ? '' : `${order}_order, `];
      return [
        `drop index ${name}`,
        `create index ${name} on "user_listing" (company_id, ${sorted}user_id, ${FILTERED}, term_signs)`,
      ];
    }),
    keeper(
      schema,
      'keep_user_listing_insert',
      `insert into "user_listing" (user_id, ${copied}, link_state, term_signs)
         select r.id, ${copied}, ${state('r.id')}, ${signsOf('r')} from new_rows r;`,
    ),
    keeper(
      schema,
      'keep_user_listing_update',
      `update "user_listing" l set (${copied}) = (${NOW_COPIED.map((column) => `c.${column}`).join(', ')}),
              term_signs = case when l.found_by is not distinct from c.found_by then l.term_signs else ${signsOf('c')} end
         from (select id, ${copied} from new_rows except select id, ${copied} from old_rows) c where l.user_id = c.id;`,
    ),
  ];
}
