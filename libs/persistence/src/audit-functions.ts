// SQL of the functions behind `auditTable`. Never change what a migration already used: add others beside them.

/** Makes the triggers' functions anew for tables that have other columns than when they were made. */
export const COMPILE_AUDITS = 'select compile_audits()';

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
const STATEMENT = `create function audit_statement(relation oid, op text, rules jsonb, who text, why text)
  returns text language plpgsql stable
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
       select company_id, coalesce(%s, ''''), coalesce(%s, ''''), %L, %L, id, label, person, to_jsonb(changes)
         from (select r.%I as company_id, %s as id, %s as label, %s as person, array_remove(array[%s], null) as changes
                 from %s offset 0) c
        where cardinality(changes) > 0 and company_id is not null',
      who, why, case op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'deleted' end,
      rules ->> 'kind', rules ->> 'company', format(id_of, rules ->> 'subject'), rules ->> 'label',
      case when person is null then 'null' else format('replace(r.%I::text, ''-'', '''')', person) end, changes,
      case op when 'INSERT' then 'new_rows r cross join lateral (select r.*) n'
              when 'DELETE' then 'old_rows r cross join lateral (select r.*) o'
              else format('new_rows r join old_rows o using (%s) cross join lateral (select r.*) n', keys) end);
  end $$`;

/** All of the columns that the functions depend on. */
const COLUMNS = `create function audit_columns(relation oid) returns text language sql stable
  set search_path = $schema, pg_temp as $$
  select md5(string_agg(concat_ws(' ', a.attnum, a.attname, a.atttypid, a.attgenerated,
                                  pg_get_expr(d.adbin, d.adrelid)), ', ' order by a.attnum))
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = relation and a.attnum > 0 and not a.attisdropped $$`;

/**
 * Makes the function of a table's triggers. Its statements stand in it for the columns of this moment, so that sessions keep
 * their plans: put together and planned anew each time, they took longer than a change of one account. Should the table have
 * got other columns since, the function puts them together itself.
 */
const COMPILE = `create function compile_audit(relation regclass, name text, rules jsonb) returns void language plpgsql
  set search_path = $schema, pg_temp as $$
  declare
    present constant bigint := (select sum(attnum) from pg_attribute
                                 where attrelid = relation and attnum > 0 and not attisdropped);
    body constant text := format(
      'declare
         who constant text := nullif(current_setting(''muster.actor'', true), '''');
         why constant text := nullif(current_setting(''muster.cause'', true), '''');
         written bigint;
       begin
         if (select sum(attnum) from pg_catalog.pg_attribute
              where attrelid = tg_relid and attnum > 0 and not attisdropped) <> %s then
           execute audit_statement(tg_relid, tg_op, %L, ''$1'', ''$2'') using who, why;
         elsif tg_op = ''INSERT'' then %s;
         elsif tg_op = ''UPDATE'' then %s;
         else %s;
         end if;
         get diagnostics written = row_count;
         if written > 0 and (who is null or why is null) then
           raise exception ''a write to %% names no actor and cause'', tg_table_name;
         end if;
         return null;
       end',
      present, rules, audit_statement(relation, 'INSERT', rules, 'who', 'why'),
      audit_statement(relation, 'UPDATE', rules, 'who', 'why'), audit_statement(relation, 'DELETE', rules, 'who', 'why'));
  begin
    execute format('create or replace function %I() returns trigger language plpgsql
      security definer set search_path = $schema, pg_temp as %L', 'audit_' || name, body);
    -- Else anybody could forge entries by a trigger on a temporary table.
    execute format('revoke execute on function %I() from public', 'audit_' || name);
    update "audited_table" t set columns = audit_columns(relation) where t.name = compile_audit.name;
  end $$`;

const COMPILE_ALL = `create function compile_audits() returns void language sql set search_path = $schema, pg_temp as $$
  select compile_audit(c.oid, t.name, t.rules)
    from "audited_table" t join pg_class c on c.oid = to_regclass(quote_ident(t.name))
   where t.columns is distinct from audit_columns(c.oid) $$`;

/** What the triggers call, and what makes them; `$schema` stands for the service's. */
export const AUDIT_FUNCTIONS: readonly string[] = [CAMEL_CASE, FIELD, CHANGE, STATEMENT, COLUMNS, COMPILE, COMPILE_ALL];

/**
 * Has the triggers join the rows before and after by hash. Their plans are made once for a session: one that was made for
 * one row was a loop within a loop for thousands.
 */
export const JOIN_AUDITS_BY_HASH: readonly string[] = [
  COMPILE.replace('create function', 'create or replace function').replace(
    'set search_path = $schema, pg_temp as %L',
    'set search_path = $schema, pg_temp set enable_nestloop = off as %L',
  ),
  `update "audited_table" set columns = null`,
  COMPILE_AUDITS,
];

/** As {@link CHANGE}, in the text of JSON: objects of jsonb, made one by one and put together, take longer. */
const CHANGE_AS_TEXT = `create or replace function audit_change(
    op text, name text, type oid, field text, masked boolean, preset text)
  returns text language plpgsql immutable as $$
  declare
    present constant text := case op when 'INSERT' then 'n' else 'o' end;
    differs constant text := case op when 'UPDATE' then format('o.%1$I is distinct from n.%1$I', name)
      else format('%1$s.%2$I is not null and %1$s.%2$I is distinct from (%3$s)', present, name, coalesce(preset, 'null')) end;
    shape constant text := format('coalesce(%s, ''null'')', case
      when type in ('uuid'::regtype, 'uuid[]'::regtype) then 'replace(to_json(%1$s.%2$I)::text, ''-'', '''')'
      when type in ('boolean'::regtype, 'smallint'::regtype, 'integer'::regtype) then '%1$s.%2$I::text'
      else 'to_json(%1$s.%2$I)::text' end);
    before constant text := case op when 'INSERT' then '''null''' else format(shape, 'o', name) end;
    after constant text := case op when 'DELETE' then '''null''' else format(shape, 'n', name) end;
    said constant text := case when not masked then format('''"from":'' || %s || '',"to":'' || %s', before, after)
      else format('''"secret":"'' || case when %s = ''null'' then ''set'' when %s = ''null'' then ''removed''
                  else ''changed'' end || ''"''', before, after) end;
  begin
    return format('case when %s then %L || %s || ''}'' end', differs, '{"field":' || to_json(field) || ',', said);
  end $$`;

/** For tables whose triggers were made before: from now on changes are put together as text, and read as jsonb once. */
export const WRITE_AUDITS_AS_TEXT: readonly string[] = [
  CHANGE_AS_TEXT,
  STATEMENT.replace('create function', 'create or replace function')
    .replace('to_jsonb(changes)', `(''['' || changes || '']'')::jsonb`)
    .replace('array_remove(array[%s], null)', `array_to_string(array[%s]::text[], '','')`)
    .replace('cardinality(changes) > 0', `changes <> ''''`),
  `update "audited_table" set columns = null`,
  COMPILE_AUDITS,
];
