import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restorePointTaken } from '@muster/contracts';
import { MassChangeDesk } from '../test-support/mass-changes.js';
import { MassChangeSteps } from './mass-change-steps.js';

let desk: MassChangeDesk;
beforeAll(async () => {
  desk = await MassChangeDesk.start();
});
afterAll(() => desk?.stop());

const asOwner = async (statement: string) => {
  const client = await desk.ownerClient();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

describe('in steps', () => {
  const many = async (count: number) => {
    const house = await desk.server.company();
    await desk.server.change(
      house.id,
      `insert into user_account (id, company_id, kind, email, username, display_name, first_name, last_name,
              authorization_level, has_own_schedule, language)
       select uuidv7(), current_setting('muster.company')::uuid, 'staff', 'm' || n || '@example.com', 'm' || n, 'M ' || n,
              'M', n, 0, false, 'de' from generate_series(1, $1::int) n`,
      [count],
    );
    return house;
  };

  it('each account has its turn once, also when several processes work at it', async () => {
    const house = await many(1_200);
    const filter = { authorizationLevel: 0 };
    const { id } = await desk.planned({ filter, changes: { title: 'Dr.' } }, house);
    await desk.server.change(house.id, `update mass_change set state = 'running' where id = $1`, [id]);
    const steps = desk.server.service.app.get(MassChangeSteps);
    const active = { id, companyId: house.id, state: 'running', actor: 'system' } as const;
    await Promise.all([1, 2, 3, 4, 5].map(() => steps.next(active)));
    const done = await desk.settled(id, house);
    expect(done).toMatchObject({ state: 'completed', counters: { total: 1_200, updated: 1_200 } });
    const versions = await desk.server.change(
      house.id,
      `select distinct version from user_account where title = 'Dr.'`,
      [],
    );
    expect(versions).toEqual([{ version: 2 }]);
    const points = desk.server.service.events(restorePointTaken).filter(({ cause }) => cause === `mass-change:${id}`);
    expect(points).toHaveLength(1);
  });

  it('one account that cannot be written fails alone', async () => {
    const house = await many(40);
    await asOwner(`
      create function user_admin.refuse_m7() returns trigger language plpgsql as $$
      begin
        if new.username = 'm7' then raise exception 'not this one' using errcode = 'check_violation'; end if;
        return new;
      end $$;
      create trigger refuse_m7 before update on user_admin.user_account for each row execute function user_admin.refuse_m7()`);
    try {
      const done = await desk.run({ filter: { authorizationLevel: 0 }, changes: { title: 'Dr.' } }, house);
      expect(done).toMatchObject({
        state: 'completedWithErrors',
        counters: { updated: 39, failed: 1, unprocessed: 0 },
      });
      expect(await desk.rowsOf(done.id, 'outcome=failed', house)).toMatchObject([
        { displayName: 'M 7', changes: [], problems: [{ code: 'internal_error' }] },
      ]);
    } finally {
      await asOwner('drop trigger refuse_m7 on user_admin.user_account; drop function user_admin.refuse_m7()');
    }
  });

  it('what cannot go on at all ends as failed', async () => {
    const house = await many(3);
    const { id } = await desk.planned({ filter: {}, changes: { title: 'Dr.' } }, house);
    await desk.server.change(house.id, `update company set deleted_at = now()`, []);
    await desk.server.change(house.id, `update mass_change set state = 'running' where id = $1`, [id]);
    const state = async () =>
      ((await desk.server.change(house.id, 'select state, problem from mass_change', [])) as unknown[])[0];
    await expect.poll(state).toEqual({ state: 'failed', problem: 'company_not_found' });
  });
});
