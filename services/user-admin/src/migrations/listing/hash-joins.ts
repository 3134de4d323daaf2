/** As since the migration before, but that the links of many accounts are found by their keys. */
const KEEP_LINKS = `
  declare
    deactivated uuid[]; renewed uuid[]; mailed uuid[]; called uuid[];
  begin
    select array_agg(n.id) filter (where o.login_enabled and not n.login_enabled),
           array_agg(n.id) filter (where n.login_enabled and not o.login_enabled),
           array_agg(n.id) filter (where n.login_enabled and o.login_enabled and o.email_key is distinct from n.email_key),
           array_agg(n.id) filter (where n.login_enabled and o.login_enabled and o.mobile_e164 is distinct from n.mobile_e164)
      into deactivated, renewed, mailed, called
      from new_rows n join old_rows o on o.id = n.id
     where o.login_enabled <> n.login_enabled or o.email_key is distinct from n.email_key
        or o.mobile_e164 is distinct from n.mobile_e164;
    if deactivated is not null then
      update "access_link" set state = 'disabled', disabled_at = now()
       where user_id = any (deactivated) and replaced_at is null;
    end if;
    -- What was sent to an address that turned out to be another's must not let that one in.
    if mailed is not null or called is not null then
      select renewed || array_agg(l.user_id) into renewed from "access_link" l
       where l.user_id = any (mailed || called) and l.replaced_at is null and l.token_hash is not null
         and l.state in ('sent', 'delivered', 'failed')
         and case l.channel when 'email' then l.user_id = any (mailed) else l.user_id = any (called) end;
    end if;
    if renewed is not null then
      update "access_link" set replaced_at = now() where user_id = any (renewed) and replaced_at is null;
      insert into "access_link" (id, company_id, user_id)
      select uuidv7(), current_setting('muster.company')::uuid, r.id from unnest(renewed) r(id) order by r.id;
    end if;
    return null;
  end`;

// The plan of a trigger's statement is made once for a session. Made for one row, old and new rows are joined by a loop
// within a loop, which for thousands takes minutes; joined by hash, both are quick. A table that is still small would be read
// from end to end for good.
const JOINING = ['end_access_of_changed', 'keep_access_links_update', 'revoke_session', 'revoke_key'];

export function joinByHash(schema: string): string[] {
  return [
    `create or replace function keep_access_links_update() returns trigger language plpgsql
     security definer set search_path = ${schema}, pg_temp as $$ ${KEEP_LINKS} $$`,
    ...JOINING.flatMap((name) => [
      `alter function ${name}() set enable_nestloop = off`,
      `alter function ${name}() set enable_seqscan = off`,
    ]),
  ];
}
