import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exchangeCredential } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import type { CounterKind } from './attempt-policy.js';
import { counterKeys } from './attempts.repository.js';
import { networkOf } from './network.js';
import { SignInPruner } from './sign-in-pruner.js';

let server: UserAdmin;
let company: TestCompany;
let networks = 0;
let here = '';

beforeAll(async () => {
  server = await UserAdmin.start({ config: { trustedProxies: ['loopback'] } });
});
afterAll(() => server?.service.stop());
beforeEach(async () => {
  company = await server.company();
  here = elsewhere();
});

/** An address in a network in which nobody has been. */
function elsewhere(): string {
  networks += 1;
  return `203.0.${networks}.7`;
}

async function attempt(address: string, password = 'wrong', username = company.email, name = company.name) {
  const form = { company: name, username, password };
  const { status, headers, body } = await server.grant('password', form, { 'x-forwarded-for': address });
  return { status, code: body['code'], retryAfter: headers.get('retry-after') };
}

async function exhaust(address: string, username?: string, name?: string): Promise<void> {
  await Promise.all(Array.from({ length: 5 }, () => attempt(address, 'wrong', username, name)));
}

const asWorker = <T = unknown>(statement: string, parameters: unknown[] = []) =>
  server.service.app.get(UnitOfWork).runAsWorker((manager) => manager.query<T[]>(statement, parameters));

function keyOf(kind: CounterKind, address: string): string {
  return counterKeys(company.id, company.email.toLowerCase(), networkOf(address))[kind];
}

async function failuresOf(kind: CounterKind, address: string): Promise<number | undefined> {
  const statement = 'select failures from sign_in_counter where key = $1';
  return (await asWorker<{ failures: number }>(statement, [keyOf(kind, address)]))[0]?.failures;
}

/** As after a hundred failures, each of which takes its time. */
async function block(kind: CounterKind, address: string): Promise<void> {
  const statement = `update sign_in_counter set failures = 100, blocked_until = now() + interval '1 hour' where key = $1`;
  await asWorker(statement, [keyOf(kind, address)]);
}

describe('guessing', () => {
  it('is slowed down after five failures, also by the right password', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++) statuses.push((await attempt(here)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    for (const password of ['wrong', PASSWORD]) {
      const { status, code, retryAfter } = await attempt(here, password);
      expect({ status, code }).toEqual({ status: 429, code: 'too_many_attempts' });
      expect(Number(retryAfter)).toBeGreaterThan(5);
      expect(Number(retryAfter)).toBeLessThanOrEqual(15);
    }
  });

  it('with many attempts at once is no quicker', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(here)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it.each([
    ['names that nobody has', () => ['nobody@example.com', company.name]],
    ['companies that do not exist', () => [company.email, 'Nobody Ltd']],
  ])('is answered alike for %s', async (_name, names) => {
    const [username, name] = names();
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await attempt(here, 'wrong', username, name));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('in other letter case is the same', async () => {
    await exhaust(here);
    expect((await attempt(here, PASSWORD, company.email.toUpperCase(), company.name.toUpperCase())).status).toBe(429);
    expect((await attempt(here, PASSWORD, company.email, company.id)).status).toBe(429);
  });

  it('begins anew after a success', async () => {
    for (let n = 0; n < 4; n++) await attempt(here);
    expect((await attempt(here, PASSWORD)).status).toBe(200);
    for (let n = 0; n < 5; n++) expect((await attempt(here)).status).toBe(401);
  });

  it('and signing in at the same time, from one network, get no answer but these', async () => {
    expect((await attempt(here, PASSWORD)).status).toBe(200);
    const other = await server.company();
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) => {
        const name = n % 3 === 0 ? other.name : company.name;
        return attempt(here, n % 2 === 0 ? PASSWORD : 'wrong', company.email, name);
      }),
    );
    expect(answers.map(({ status }) => status).filter((status) => ![200, 401, 429].includes(status))).toEqual([]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  });

  it('by way of another service counts by the address that it names', async () => {
    const ask = (password: string) =>
      server.service.app
        .get(Questions)
        .ask(exchangeCredential, { company: company.name, username: company.email, password, address: here });
    for (let n = 0; n < 5; n++) expect(await ask('wrong')).toBeNull();
    await expect(ask(PASSWORD)).rejects.toMatchObject({ code: 'too_many_attempts' });
    expect((await attempt(elsewhere(), PASSWORD)).status).toBe(200);
  });
});

describe('those whose password is guessed', () => {
  it('are not held up in other networks', async () => {
    await exhaust(here);
    expect((await attempt(here, PASSWORD)).status).toBe(429);
    expect((await attempt(elsewhere(), PASSWORD)).status).toBe(200);
  });

  it('from everywhere are held up where they have never been, and nowhere else', async () => {
    const home = elsewhere();
    expect((await attempt(home, PASSWORD)).status).toBe(200);
    await attempt(elsewhere());
    await attempt(elsewhere());
    expect(await failuresOf('name', here)).toBe(2);
    await block('name', here);
    expect((await attempt(elsewhere(), PASSWORD)).status).toBe(429);
    expect((await attempt(home, PASSWORD)).status).toBe(200);
    expect((await attempt(elsewhere(), PASSWORD)).status).toBe(429);
  });

  it('next to somebody who tries all names are not held up where they are known', async () => {
    const colleague = await server.createUser(company.token, { email: 'new@example.com' });
    await server.givePassword(company.id, String(colleague.body['id']));
    expect((await attempt(here, PASSWORD)).status).toBe(200);
    await attempt(here, 'wrong', 'nobody@example.com');
    await attempt(here, 'wrong', 'nobody@example.org');
    expect(await failuresOf('network', here)).toBe(2);
    await block('network', here);
    expect((await attempt(here, PASSWORD, 'new@example.com')).status).toBe(429);
    expect((await attempt(here, PASSWORD)).status).toBe(200);
    // Nor does that clear the way.
    expect((await attempt(here, PASSWORD, 'new@example.com')).status).toBe(429);
  });
});

it('a header that no trusted proxy wrote changes nothing', async () => {
  for (let n = 0; n < 5; n++) await attempt(`${elsewhere()}, ${here}`);
  expect((await attempt(here, PASSWORD)).status).toBe(429);
});

it('counters hold no names, and go when they no longer count', async () => {
  await exhaust(here, 'secret-name@example.com');
  expect(JSON.stringify(await asWorker('select * from sign_in_counter'))).not.toContain('secret-name');
  await asWorker(`update sign_in_counter set seen_at = now() - interval '25 hours', succeeded_at = null`);
  await server.service.app.get(SignInPruner).prune(new Date());
  expect(await asWorker('select 1 from sign_in_counter')).toEqual([]);
});
