/**
 * Takes the right to execute the schema's trigger functions from everybody but their owner. Triggers that there are go on
 * firing; what nobody may do is put such a function, which works as the owner, on a temporary table and have it write into
 * logs whatever is inserted there.
 */
export const CLOSE_TRIGGER_FUNCTIONS = `do $$
  declare
    open regprocedure;
  begin
    for open in
      select p.oid from pg_proc p
       where p.pronamespace = current_schema()::regnamespace and p.proowner = current_user::regrole
         and p.prorettype = 'trigger'::regtype and p.prosecdef
         and exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                      where a.grantee = 0 and a.privilege_type = 'EXECUTE')
    loop
      execute format('revoke execute on function %s from public', open);
    end loop;
  end $$`;
