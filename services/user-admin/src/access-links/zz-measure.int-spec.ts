import { afterAll, beforeAll, it } from 'vitest';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
let server: UserAdmin; let company: TestCompany;
beforeAll(async () => { server = await UserAdmin.start({config:{linkDelivery:'none'}}); company = await server.company(); });
afterAll(() => server?.service.stop());
it('measure', async () => {
  const t0 = performance.now();
  await server.change(company.id, `insert into user_account (id, company_id, kind, email, username, display_name, last_name, authorization_level, has_own_schedule, language, login_enabled)
     select uuidv7(), $1, 'staff', 'p' || n || '@example.com', 'p' || n, 'P ' || n, 'L' || n, 0, false, 'en', n % 10000 <> 0 from generate_series(1, 100000) n`, [company.id]);
  console.log('insert', performance.now() - t0);
  await server.change(company.id, `update access_link set state = 'delivered', requested_at = now() where mod(hashtext(user_id::text), 3) = 0`, []);
  await server.change(company.id, `update access_link set state = 'failed', requested_at=now() where mod(hashtext(user_id::text), 9001) = 0`, []);
  for (const state of ['created', 'delivered', 'failed', 'none', 'used']) for (const sort of ['createdAt', 'name', '-email']) for (let i = 0; i < 3; i++) {
    const t = performance.now();
    const { body } = await server.call('GET', `/v1/users?accessLinkState=${state}&sort=${sort}`, { token: company.token });
    if (i === 2) console.log(state, sort, (body['items'] as unknown[]).length, Math.round(performance.now() - t), 'ms');
  }
  const t = performance.now();
  const r = await server.call('POST', '/v1/access-links/send', { token: company.token, json: { channel: 'email', filter: {} } });
  console.log('send', r.status, JSON.stringify(r.body['counters']), Math.round(performance.now() - t));
  await new Promise(r => setTimeout(r, 10000));
  const state = (await server.call('GET', `/v1/access-links/send-jobs/${String(r.body['id'])}`, { token: company.token })).body;
  console.log('after 10 s', JSON.stringify(state['counters']));
}, 80000);
