import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource, migrate, newId, schemaDrift, UnitOfWork, type Scope } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { createOperatorKey } from './create-operator-key.js';
import { USER_ADMIN_DATABASE } from './database.js';
import { UserAccount } from './users/user-account.entity.js';

const FENCED = [
  'company',
  'user_account',
  'user_account_change',
  'mark',
  'api_key',
  'refresh_token',
  'session',
  'user_access',
  'revocation',
  'identity_provider',
  'used_assertion',
  'audit_log',
  'user_account_term',
  'user_listing',
  'user_group_member',
  'licence_use',
  'user_group',
  'code_list',
  'access_link',
  'access_link_job',
  'access_link_job_item',
  'mass_change',
  'mass_change_row',
  'data_download',
];

let database: TestDatabase;
let dataSource: DataSource;
let uow: UnitOfWork;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(USER_ADMIN_DATABASE, database.urls['user-admin'].ownerUrl);
  dataSource = await createDataSource(USER_ADMIN_DATABASE, database.urls['user-admin']).initialize();
  uow = new UnitOfWork(dataSource, USER_ADMIN_DATABASE);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const scopeOf = (companyId = newId()): Scope => ({ companyId, actor: 'user:test', cause: 'request:test' });

async function withOwner<T>(work: (owner: DataSource) => Promise<T>): Promise<T> {
  const owner = createDataSource(USER_ADMIN_DATABASE, { url: database.urls['user-admin'].ownerUrl, poolSize: 1 });
  await owner.initialize();
  try {
    return await work(owner);
  } finally {
    await owner.destroy();
  }
}

function account(companyId: string, email: string): UserAccount {
  const names = { username: email, displayName: 'Rita Rep', firstName: 'Rita', lastName: 'Rep' };
  const rest = { authorizationLevel: 0, hasOwnSchedule: true, loginEnabled: true, language: 'en', version: 1 } as const;
  const given = { id: newId(), companyId, kind: 'staff', employeeNumber: null, email, passwordHash: 'a hash' } as const;
  return Object.assign(new UserAccount(), { ...names, ...rest, ...given });
}

describe('the schema of user-admin', () => {
  it('is what the entities say', async () => {
    expect(await schemaDrift(USER_ADMIN_DATABASE, database.urls['user-admin'].ownerUrl)).toEqual([]);
  });

  it.each(FENCED)('%s: the login role may not read it, the app role not without a company', async (table) => {
    await expect(dataSource.query(`select 1 from ${table}`)).rejects.toThrow('permission denied');
    const withoutCompany = dataSource.transaction(async (manager) => {
      await manager.query(`select set_config('role', 'muster_user_admin_app', true)`);
      await manager.query(`select 1 from ${table}`);
    });
    await expect(withoutCompany).rejects.toThrow(/muster\.company|invalid input syntax/);
  });

  it.each([
    'select 1 from user_account',
    'select 1 from user_account_change',
    'select 1 from mark',
    'select hash from refresh_token',
    'select created_by from api_key',
    'select user_id from access_link',
    `update access_link set state = 'used'`,
    'select 1 from access_link_job_item',
    'delete from access_link_job',
    'update api_key set revoked_at = null',
    'delete from api_key',
    'update company set licences = 1',
    'delete from signing_key',
    'select user_id from session',
    'update session set ended_at = null',
    'select 1 from user_access',
    'update revocation set until = now()',
    'select 1 from identity_provider',
    'select hash from used_assertion',
    'update api_key set previous_hash = null',
  ])('the worker may not: %s', async (statement) => {
    await expect(uow.runAsWorker((manager) => manager.query(statement))).rejects.toThrow('permission denied');
  });

  it('lets the worker make keys for operators only', async () => {
    expect(await createOperatorKey(database.urls['user-admin'])).toMatch(/^msk_[0-9a-f]{32}_[\w-]{43}$/);
    const insert = `insert into api_key (id, company_id, name, scopes, secret_hash, created_by)
      values ($1, $2, 'x', '{}', 'x', 'system')`;
    const forCompany = uow.runAsWorker((manager) => manager.query(insert, [newId(), newId()]));
    await expect(forCompany).rejects.toThrow('row-level security');
    const scope = scopeOf();
    const forOperator = uow.run(scope, (manager) => manager.query(insert, [newId(), null]));
    await expect(forOperator).rejects.toThrow('row-level security');
    expect(await uow.run(scope, (manager) => manager.query('select id from api_key'))).toEqual([]);
  });

  it('lets nobody call what works as the owner, but for a few functions of the app role', async () => {
    const callable = await withOwner((owner) =>
      owner.query<{ role: string; names: string[] }[]>(
        `select r as role, coalesce(array_agg(p.proname::text order by p.proname::text)
              filter (where has_function_privilege(r, p.oid, 'execute')), '{}') as names
         from pg_proc p, unnest(array['muster_user_admin_app', 'muster_user_admin_worker', 'muster_user_admin']) r
        where p.pronamespace = 'user_admin'::regnamespace and p.prosecdef group by r order by r`,
      ),
    );
    expect(callable).toEqual([
      { role: 'muster_user_admin', names: [] },
      { role: 'muster_user_admin_app', names: ['erase_from_audit', 'forget_account', 'forget_company', 'note_audit'] },
      { role: 'muster_user_admin_worker', names: [] },
    ]);
  });

  it.each(['log_user_account_change', 'audit_user_account', 'keep_account_terms_insert', 'count_licences'])(
    'lets nobody put %s on a table of their own',
    async (name) => {
      const forging = uow.run(scopeOf(), async (manager) => {
        await manager.query('create temporary table forged (like user_account) on commit drop');
        await manager.query(
          `create trigger forge after insert on pg_temp.forged referencing new table as new_rows
           for each statement execute function ${name}()`,
        );
      });
      await expect(forging).rejects.toThrow(`permission denied for function ${name}`);
    },
  );

  it('has no trigger whose plan, made for one row, is a loop within a loop for thousands', async () => {
    const joining = await withOwner((owner) =>
      owner.query<{ name: string }[]>(
        `select distinct p.proname as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid
          where t.tgoldtable is not null and t.tgnewtable is not null and p.pronamespace = 'user_admin'::regnamespace
            and not coalesce(p.proconfig, '{}') && '{enable_nestloop=off,enable_hashjoin=off}'`,
      ),
    );
    // It joins nothing.
    expect(joining.map(({ name }) => name)).toEqual(['count_licences']);
  });

  it('keeps signing keys from the app role', async () => {
    const reading = uow.run(scopeOf(), (manager) => manager.query('select 1 from signing_key'));
    await expect(reading).rejects.toThrow('permission denied');
  });
});

describe('accounts of two companies', () => {
  it('are apart: neither seen nor written across, and the same e-mail is free in both', async () => {
    const [one, two] = [scopeOf(), scopeOf()];
    await uow.run(one, (manager) => manager.insert(UserAccount, account(one.companyId, 'same@example.com')));
    await uow.run(two, (manager) => manager.insert(UserAccount, account(two.companyId, 'same@example.com')));
    const seen = await uow.run(one, (manager) => manager.find(UserAccount));
    expect(seen.map(({ companyId }) => companyId)).toEqual([one.companyId]);
    const foreign = uow.run(one, (manager) => manager.insert(UserAccount, account(two.companyId, 'x@example.com')));
    await expect(foreign).rejects.toThrow('row-level security');
  });

  it('keep what they were in the change log, without generated columns and password', async () => {
    const scope = scopeOf();
    const created = account(scope.companyId, 'log@example.com');
    await uow.run(scope, (manager) => manager.insert(UserAccount, created));
    await uow.run(scope, (manager) => manager.update(UserAccount, { id: created.id }, { displayName: 'R. R.' }));
    const changes = await uow.run(scope, (manager) =>
      manager.query<{ op: string; old: object | null }[]>(
        'select op, old, actor, cause from user_account_change where record_id = $1 order by seq',
        [created.id],
      ),
    );
    expect(changes).toMatchObject([
      { op: 'I', old: null, actor: 'user:test', cause: 'request:test' },
      { op: 'U', old: { display_name: 'Rita Rep', email: 'log@example.com' } },
    ]);
    const kept = Object.keys(changes[1]?.old ?? {});
    expect(kept).toContain('has_own_schedule');
    expect(kept).not.toEqual(expect.arrayContaining([expect.stringMatching(/email_key|username_key|password_hash/)]));
    const erasing = uow.run(scope, (manager) => manager.query('delete from user_account_change'));
    await expect(erasing).rejects.toThrow('permission denied');
  });

  it('can be made of the change log as they were, of columns too that came later than its triggers', async () => {
    const scope = scopeOf();
    const { id } = await uow.run(scope, (manager) =>
      manager.save(UserAccount, account(scope.companyId, 'was@example.com')),
    );
    const whole = `to_jsonb(u) - '{email_key,username_key,password_hash,name_order,email_order,number_order,found_by,version}'::text[]`;
    const now = async () =>
      uow.run(scope, async (manager) => {
        const [row] = await manager.query<{ row: object }[]>(
          `select ${whole} as row from user_account u where id = $1`,
          [id],
        );
        return row?.row;
      });
    const kept = async () =>
      uow.run(scope, async (manager) => {
        const [last] = await manager.query<{ row: object; old: Record<string, unknown> }[]>(
          `select ${whole} as row, old from user_account_change c, jsonb_populate_record(null::user_account, c.old) u
            where c.record_id = $1 order by c.seq desc limit 1`,
          [id],
        );
        return last;
      });
    const change = (set: string) =>
      uow.run(scope, (manager) =>
        manager.query(`update user_account set ${set}, version = version + 1 where id = $1`, [id]),
      );
    for (const set of [
      `title = 'Dr', group_ids = array[id], home_latitude = 48.2, date_of_birth = '1980-05-17'`,
      'title = null',
    ]) {
      const before = await now();
      await change(set);
      const found = await kept();
      expect(found?.row).toEqual(before);
      expect(Object.values(found?.old ?? {})).not.toContain(null);
    }
    await withOwner((owner) => owner.query('alter table user_account add column came_later text'));
    try {
      await change(`came_later = 'x'`);
      const before = await now();
      await change(`came_later = 'y'`);
      expect(before).toMatchObject({ came_later: 'x' });
      expect((await kept())?.row).toEqual(before);
    } finally {
      await withOwner((owner) => owner.query('alter table user_account drop column came_later'));
    }
  });

  it('cannot be changed without actor and cause', async () => {
    const scope = { ...scopeOf(), cause: '' };
    const writing = uow.run(scope, (manager) => manager.insert(UserAccount, account(scope.companyId, 'a@b.at')));
    await expect(writing).rejects.toThrow('names no actor and cause');
  });

  it('may exchange e-mails in one unit of work', async () => {
    const scope = scopeOf();
    const [a, b] = [account(scope.companyId, 'a@example.com'), account(scope.companyId, 'b@example.com')];
    await uow.run(scope, (manager) => manager.insert(UserAccount, [a, b]));
    await uow.run(scope, async (manager) => {
      await manager.query(`set constraints "UQ_user_account_email" deferred`);
      await manager.update(UserAccount, { id: a.id }, { email: 'B@example.com' });
      await manager.update(UserAccount, { id: b.id }, { email: 'a@example.com' });
      await manager.query(`set constraints "UQ_user_account_email" immediate`);
    });
    const emails = await uow.run(scope, (manager) => manager.find(UserAccount, { order: { id: 'ASC' } }));
    expect(emails.map(({ email }) => email)).toEqual(['B@example.com', 'a@example.com']);
  });
});
