import { keep } from './keep.js';

/** Of an account, as it stands there. */
export const COPIED = [
  ...['company_id', 'name_order', 'email_order', 'number_order'],
  ...['kind', 'authorization_level', 'has_own_schedule', 'login_enabled'],
];
export const FILTERED = 'kind, authorization_level, has_own_schedule, login_enabled, link_state';
const copied = COPIED.join(', ');

/** State of the link of an account. */
export const state = (userId: string) =>
  `coalesce((select k.state from "access_link" k where k.user_id = ${userId} and k.replaced_at is null), 'none')`;
const listed = (rows: string) =>
  `insert into "user_listing" (user_id, ${copied}, link_state) select r.id, ${copied}, ${state('r.id')} from ${rows} r`;

const MOVED = `select user_id, state, replaced_at from new_rows except select user_id, state, replaced_at from old_rows`;
const settle = (users: string) => `update "user_listing" l set link_state = s.state
  from (select u.user_id, ${state('u.user_id')} as state from (${users}) u) s
 where l.user_id = s.user_id and l.link_state <> s.state`;

/**
 * What lists of accounts are filtered and sorted by, in rows so narrow that an index has all of it: a page is found without
 * a look at any account that is not on it.
 */
export function createListing(schema: string): string[] {
  return [
    `create table "user_listing" (
       user_id uuid not null, company_id uuid not null, name_order text collate "C" not null,
       email_order text collate "C" not null, number_order text collate "C" not null, kind text not null,
       authorization_level smallint not null, has_own_schedule boolean not null, login_enabled boolean not null,
       link_state text not null, constraint "PK_user_listing" primary key (user_id))`,
    listed('"user_account"'),
    ...['', 'name', 'email', 'number'].map((order) => {
      const sorted = order === '' ? '' : `${order}_order, `;
      return `create index "IDX_user_listing_by_${order || 'created'}" on "user_listing" (company_id, ${sorted}user_id, ${FILTERED})`;
    }),
    ...keep(schema, 'user_account', 'keep_user_listing', {
      insert: `${listed('new_rows')};`,
      update: `update "user_listing" l set (${copied}) = (${COPIED.map((column) => `c.${column}`).join(', ')})
          from (select id, ${copied} from new_rows except select id, ${copied} from old_rows) c where l.user_id = c.id;`,
      delete: `delete from "user_listing" where user_id in (select id from old_rows);`,
    }),
    // Links are also leased over all companies, of which nothing is to be seen here.
    ...keep(schema, 'access_link', 'keep_link_state', {
      insert: `${settle('select distinct user_id from new_rows')};`,
      update: `if exists (${MOVED}) then
          ${settle(`select distinct user_id from (${MOVED}) m`)};
        end if;`,
      delete: `${settle('select distinct user_id from old_rows')};`,
    }),
  ];
}
