import { keep } from './keep.js';

const membersOf = (rows: string) => `select r.company_id, g.id, r.id from ${rows} r, unnest(r.group_ids) g(id)`;
const distinct = (select: string) => select.replace('select', 'select distinct');
const only = (these: string, those: string) =>
  `(select company_id, id, group_ids from ${these} except select company_id, id, group_ids from ${those})`;
const [GONE, COME] = [membersOf(only('old_rows', 'new_rows')), membersOf(only('new_rows', 'old_rows'))];
const remove = (gone: string) => `delete from "user_group_member" m using (${gone}) g(company_id, group_id, user_id)
  where m.company_id = g.company_id and m.group_id = g.group_id and m.user_id = g.user_id`;
const add = (come: string) => `insert into "user_group_member" (company_id, group_id, user_id) ${come}`;

/** Who belongs to a group, as the accounts say it. */
export function createMembers(schema: string): string[] {
  return [
    `create table "user_group_member" (
       company_id uuid not null, group_id uuid not null, user_id uuid not null,
       constraint "PK_user_group_member" primary key (company_id, group_id, user_id))`,
    add(distinct(membersOf('"user_account"'))),
    ...keep(schema, 'user_account', 'keep_group_members', {
      insert: `${add(distinct(membersOf('new_rows')))};`,
      update: `if exists ${only('new_rows', 'old_rows')} then
          ${remove(`${GONE} except ${COME}`)};
          ${add(`${COME} except ${GONE}`)};
        end if;`,
      delete: `${remove(distinct(membersOf('old_rows')))};`,
    }),
  ];
}
