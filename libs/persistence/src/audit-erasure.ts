import type { ServiceName } from '@muster/contracts';
import { databaseNames } from './service-database.js';

export interface Erasable {
  /** Subject kind of persons. */
  readonly kind: string;
  /** Where they stand until they are deleted; keyed by `id`. */
  readonly table: string;
  /** Fields that say nothing about a person, and stay. */
  readonly kept: readonly string[];
}

const COMPANY = `company_id = current_setting('muster.company')::uuid`;
const ABOUT_PERSON = `(person_id = current_setting('muster.erased', true) or subject_kind = '$kind'
  and subject_id = current_setting('muster.erased', true))`;

/**
 * `erase_from_audit(person)`: in all entries about a person of the company who was deleted, values and labels become one
 * pseudonym; that something happened, when and by whom stays. Answers with the pseudonym and the number of entries, and
 * leaves an entry itself. Refused (55006) while the person still exists. Repeated, it does nothing.
 */
export function auditErasure(service: ServiceName, { kind, table, kept }: Erasable): string[] {
  const { app, owner, schema } = databaseNames(service);
  const about = ABOUT_PERSON.replaceAll('$kind', kind);
  const stays = `array[${kept.map((field) => `'${field}'`).join(', ')}]::text[]`;
  return [
    // The one way to change an entry, open only while the function runs.
    `create policy erase on "audit_log" for update to ${owner} using (${COMPANY} and ${about})`,
    `create function erase_change(change jsonb, pseudonym text) returns jsonb language sql immutable as $$
       select case when change ? 'secret' or change ->> 'field' = any (${stays}) then change
         else change || jsonb_build_object(
           'from', case when change -> 'from' <> 'null' then pseudonym end,
           'to', case when change -> 'to' <> 'null' then pseudonym end) end $$`,
    `create function erase_from_audit(person uuid) returns table (pseudonym text, entries bigint) language plpgsql
     security definer set search_path = ${schema}, pg_temp as $$
     declare
       who constant text := nullif(current_setting('muster.actor', true), '');
       why constant text := nullif(current_setting('muster.cause', true), '');
       company constant uuid := current_setting('muster.company')::uuid;
       key constant text := replace(person::text, '-', '');
     begin
       if who is null or why is null then raise exception 'erasing names no actor and cause'; end if;
       if exists (select 1 from "${table}" t where t.id = person) then
         raise exception 'a person who is still there cannot be erased' using errcode = 'object_in_use';
       end if;
       pseudonym := 'erased-' || left(encode(sha256(convert_to(company || key, 'UTF8')), 'hex'), 10);
       perform set_config('muster.erased', key, true);
       update "audit_log" a set
         subject_label = erase_from_audit.pseudonym,
         changes = coalesce((select jsonb_agg(erase_change(c.value, erase_from_audit.pseudonym) order by c.ordinality)
                               from jsonb_array_elements(a.changes) with ordinality c), '[]')
        where company_id = company and ${about}
          and a.action <> 'erased' and a.subject_label is distinct from erase_from_audit.pseudonym;
       get diagnostics entries = row_count;
       perform set_config('muster.erased', '', true);
       if entries > 0 then
         insert into "audit_log" (company_id, actor, cause, action, subject_kind, subject_id, subject_label, changes)
         values (company, who, why, 'erased', '${kind}', key, erase_from_audit.pseudonym, '[]');
       end if;
       return next;
     end $$`,
    `revoke execute on function erase_from_audit(uuid) from public`,
    `grant execute on function erase_from_audit(uuid) to ${app}`,
  ];
}
