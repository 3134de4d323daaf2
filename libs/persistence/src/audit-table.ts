import pg from 'pg';
import type { ServiceName } from '@muster/contracts';
import { databaseNames } from './service-database.js';

/** What the audit log says of the rows of a table. Every column counts, later ones too, unless it is named here. */
export interface AuditedTable {
  /** `user`, `api-key` ... */
  readonly kind: string;
  /** The column that is the subject's id; preset `id`. A uuid is kept as 32 hexadecimal digits. */
  readonly subject?: string;
  /** The column with the company; preset `company_id`. A row without a company is nobody's, and not logged. */
  readonly company?: string;
  /** The column with the account that the row is about; its values are erased with the person. */
  readonly person?: string;
  /** SQL over the row `r`: what people call the subject. */
  readonly label: string;
  /** Column to field id, of secrets: that they were set, changed or removed is logged, never the value. */
  readonly masked?: Readonly<Record<string, string>>;
  /** Columns that say nothing to a reader, beside {@link NEVER}. */
  readonly ignored?: readonly string[];
  /** Column to field id, where the rule (`home_street` -> `homeStreet`) does not give it. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Begin of columns to begin of field ids: `{home_: 'home.'}` makes `home_postal_code` into `home.postalCode`. */
  readonly prefixes?: Readonly<Record<string, string>>;
}

/** Columns that count nowhere, as generated ones. */
const NEVER = ['id', 'company_id', 'version', 'created_at', 'updated_at'];

/**
 * Has every change of `table` written into the `audit_log` of its schema, by statement-level triggers: no code path can
 * forget it. An update lists the columns whose values differ, and without one leaves no entry; an insert those that are set
 * to something else than their preset; a delete likewise. A change that names no actor and cause fails.
 */
export function auditTable(service: ServiceName, table: string, audited: AuditedTable): string[] {
  const { subject = 'id', company = 'company_id', person, masked = {}, ignored = [], ...rest } = audited;
  const { fields = {}, prefixes = {}, kind, label } = rest;
  const left = [...new Set([...NEVER, ...ignored, company])];
  const rules = { kind, subject, company, person, label, masked, ignored: left, fields, prefixes };
  const argument = pg.escapeLiteral(JSON.stringify(rules));
  const { schema } = databaseNames(service);
  const trigger = (event: string, transition: string) =>
    `create trigger audit_${event} after ${event} on "${table}" referencing ${transition}
     for each statement execute function ${schema}.write_audit(${argument})`;
  return [
    trigger('insert', 'new table as new_rows'),
    trigger('update', 'old table as old_rows new table as new_rows'),
    trigger('delete', 'old table as old_rows'),
  ];
}

const CAMEL_CASE = `create function audit_camel(name text) returns text language sql immutable parallel safe as $$
  select lower(left(name, 1)) || substr(replace(initcap(replace(name, '_', ' ')), ' ', ''), 2) $$`;

const FIELD = `create function audit_field(name text, rules jsonb) returns text language sql stable
  set search_path = $schema, pg_temp as $$
  select coalesce(
    rules -> 'masked' ->> name, rules -> 'fields' ->> name,
    (select p.value || audit_camel(substr(name, length(p.key) + 1)) from jsonb_each_text(rules -> 'prefixes') p
      where starts_with(name, p.key) order by length(p.key) desc limit 1),
    audit_camel(name)) $$`;

/** SQL of the change of one column: null when there is none. `o` and `n` are the row before and after. */
const CHANGE = `create function audit_change(op text, name text, type oid, field text, masked boolean, preset text)
  returns text language plpgsql immutable as $$
  declare
    present constant text := case op when 'INSERT' then 'n' else 'o' end;
    differs constant text := case op when 'UPDATE' then format('o.%1$I is distinct from n.%1$I', name)
      else format('%1$s.%2$I is not null and %1$s.%2$I is distinct from (%3$s)', present, name, coalesce(preset, 'null')) end;
    shape constant text := case when type in ('uuid'::regtype, 'uuid[]'::regtype)
      then 'replace(to_jsonb(%s.%I)::text, ''-'', '''')::jsonb' else '%s.%I' end;
    before constant text := case op when 'INSERT' then 'null' else format(shape, 'o', name) end;
    after constant text := case op when 'DELETE' then 'null' else format(shape, 'n', name) end;
    said constant text := case when not masked then format('''from'', %s, ''to'', %s', before, after)
      else format('''secret'', case when %s is null then ''set'' when %s is null then ''removed'' else ''changed'' end',
                  before, after) end;
  begin
    return format('case when %s then jsonb_build_object(''field'', %L, %s) end', differs, field, said);
  end $$`;

/**
 * One statement for all rows. It is put together from the columns that the table has now, so that later ones are seen, and
 * compares values as they are: a jsonb of each row before and after would cost many times as much.
 */
const STATEMENT = `create function audit_statement(relation oid, op text, rules jsonb) returns text language plpgsql stable
  set search_path = $schema, pg_temp as $$
  declare
    changes text;
    id_of text;
    keys text;
    person constant text := rules ->> 'person';
  begin
    select string_agg(audit_change(op, a.attname, a.atttypid, audit_field(a.attname, rules), rules -> 'masked' ? a.attname,
                                   pg_get_expr(d.adbin, d.adrelid)), ', ' order by a.attnum)
             filter (where not rules -> 'ignored' ? a.attname and a.attgenerated = ''),
           string_agg(format('%I', a.attname), ', ') filter (where a.attnum = any (p.indkey)),
           min(case when a.atttypid = 'uuid'::regtype then 'replace(r.%1$I::text, ''-'', '''')' else 'r.%1$I::text' end)
             filter (where a.attname = rules ->> 'subject')
      into changes, keys, id_of
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
           left join pg_index p on p.indrelid = a.attrelid and p.indisprimary
     where a.attrelid = relation and a.attnum > 0 and not a.attisdropped;
    return format(
      'insert into audit_log (company_id, actor, cause, action, subject_kind, subject_id, subject_label, person_id, changes)
       select company_id, coalesce($1, ''''), coalesce($2, ''''), %L, %L, id, label, person, to_jsonb(changes)
         from (select r.%I as company_id, %s as id, %s as label, %s as person, array_remove(array[%s], null) as changes
                 from %s offset 0) c
        where cardinality(changes) > 0 and company_id is not null',
      case op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'deleted' end,
      rules ->> 'kind', rules ->> 'company', format(id_of, rules ->> 'subject'), rules ->> 'label',
      case when person is null then 'null' else format('replace(r.%I::text, ''-'', '''')', person) end, changes,
      case op when 'INSERT' then 'new_rows r cross join lateral (select r.*) n'
              when 'DELETE' then 'old_rows r cross join lateral (select r.*) o'
              else format('new_rows r join old_rows o using (%s) cross join lateral (select r.*) n', keys) end);
  end $$`;

const WRITE = `create function write_audit() returns trigger language plpgsql
  security definer set search_path = $schema, pg_temp as $$
  declare
    who constant text := nullif(current_setting('muster.actor', true), '');
    why constant text := nullif(current_setting('muster.cause', true), '');
    written bigint;
  begin
    execute audit_statement(tg_relid, tg_op, tg_argv[0]::jsonb) using who, why;
    get diagnostics written = row_count;
    if written > 0 and (who is null or why is null) then
      raise exception 'a write to % names no actor and cause', tg_table_name;
    end if;
    return null;
  end $$`;

/** What the triggers call; `$schema` stands for the service's. */
export const AUDIT_FUNCTIONS: readonly string[] = [CAMEL_CASE, FIELD, CHANGE, STATEMENT, WRITE];
