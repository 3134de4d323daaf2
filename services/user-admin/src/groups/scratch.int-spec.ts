import { expect, it } from 'vitest';
import { UserAdmin } from '../test-support/user-admin.js';
it('scratch', { timeout: 600_000 }, async () => {
  const server = await UserAdmin.start();
  const c = await server.company();
  for (const n of [2000, 20000]) {
    const g = String((await server.call('POST', '/v1/user-groups', { token: c.token, json: { name: `n${n}` } })).body['id']);
    await server.change(c.id, `insert into user_account (id, company_id, kind, username, display_name, authorization_level, has_own_schedule, language, group_ids)
       select uuidv7(), $1, 'person', 'crowd' || n || '-' || $3::text, 'Crowd', 0, false, 'de', array[$2::uuid] from generate_series(1, $3::int) n`, [c.id, g, n]);
    let t = performance.now();
    await server.call('GET', `/v1/user-groups`, { token: c.token });
    console.log(n, 'list', performance.now() - t);
    t = performance.now();
    const r = await server.call('DELETE', `/v1/user-groups/${g}`, { token: c.token });
    console.log(n, r.status, performance.now() - t, JSON.stringify(r.body).slice(0, 300));
  }
  await server.service.stop();
  expect(1).toBe(1);
});
