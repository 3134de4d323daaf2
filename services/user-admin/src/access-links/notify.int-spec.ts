import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { writtenLinks } from './test-support.js';

let server: UserAdmin;
let company: TestCompany;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-notify-'));
  server = await UserAdmin.start({ config: { linkDelivery: 'file', linkFolder: folder } });
  company = await server.company();
});
afterAll(async () => {
  await server?.service.stop();
  await rm(folder, { recursive: true });
});

const create = async (wishes: Record<string, unknown>, headers = {}) => {
  const answer = await server.createUser(company.token, { hasOwnSchedule: false, notify: true, ...wishes }, headers);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
};
const sentTo = async (userId: unknown) => (await writtenLinks(folder)).filter((link) => link.userId === userId);

it.each([
  ['by e-mail', { email: 'told@example.com', mobile: '0664 1234567' }, { channel: 'email', to: 'told@example.com' }],
  ['by SMS', { kind: 'person', username: 'sms', mobile: '0664 7654321' }, { channel: 'sms', to: '+436647654321' }],
])('who is created with notify is told %s', async (_way, wishes, link) => {
  const { id, warnings } = await create(wishes);
  expect(warnings).toBeUndefined();
  await expect.poll(() => sentTo(id), { interval: 20 }).toMatchObject([link]);
});

it.each([
  ['has no address', { kind: 'person', username: 'nowhere', phone: '0316 123456' }, 'neither an e-mail'],
  ['is deactivated', { email: 'off@example.com', loginEnabled: false }, 'is deactivated'],
])('who %s is created with a warning', async (_what, wishes, text) => {
  const body = await create(wishes);
  expect(body['warnings']).toMatchObject([
    { pointer: '/notify', code: 'not_notified', message: expect.stringContaining(text) as string },
  ]);
});

it('nobody is told twice, nor of an account that does not come about, nor unasked', async () => {
  const key = { 'idempotency-key': newId() };
  const first = await create({ email: 'once@example.com' }, key);
  expect(await create({ email: 'once@example.com' }, key)).toEqual(first);
  const refused = await server.createUser(company.token, { email: 'once@example.com', notify: true });
  expect(refused.body).toMatchObject({ code: 'value_taken' });
  const { id: silent } = await create({ email: 'silent@example.com', notify: false });
  await expect.poll(() => sentTo(first['id']), { interval: 20 }).toHaveLength(1);
  // Jobs are done in their order: whoever came before had its turn when this one did.
  const { id: last } = await create({ email: 'last@example.com' });
  await expect.poll(() => sentTo(last), { interval: 20 }).toHaveLength(1);
  expect(await sentTo(first['id'])).toHaveLength(1);
  expect(await sentTo(silent)).toEqual([]);
  const jobs = await server.change(company.id, `select total from access_link_job where total <> 1`, []);
  expect(jobs).toEqual([]);
});
