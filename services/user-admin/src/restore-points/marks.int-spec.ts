import { afterAll, beforeAll, expect, it } from 'vitest';
import { restorePointMarked, restorePointRequested } from '@muster/contracts';
import { serializeEvent } from '@muster/messaging';
import { newId } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.app.startAllMicroservices();
  company = await server.company();
});
afterAll(() => server?.service.stop());

async function request(restorePointId: string, eventId = newId()): Promise<void> {
  const event = serializeEvent(restorePointRequested, {
    id: eventId,
    type: restorePointRequested.type,
    source: 'restore-point',
    time: new Date().toISOString(),
    subject: restorePointId,
    companyId: company.id,
    actor: 'system',
    cause: 'import:test',
    data: { restorePointId },
  });
  await server.service.transport.publish(restorePointRequested.topic, [event]);
}

const marked = (restorePointId: string) =>
  server.service.events(restorePointMarked).filter(({ data }) => data.restorePointId === restorePointId);

it('a requested restore point gets its mark, once, and says so', async () => {
  const restorePointId = newId();
  await request(restorePointId);
  await expect
    .poll(() => marked(restorePointId))
    .toMatchObject([{ companyId: company.id, cause: 'import:test', data: { owner: 'user-admin' } }]);
  const read = () =>
    server.change(company.id, 'select snapshot::text, at from mark where restore_point_id = $1', [restorePointId]);
  const first = await read();
  expect(first).toHaveLength(1);

  // Asked for again, as when the answer was lost: the mark stays what it was.
  await request(restorePointId);
  await expect.poll(() => marked(restorePointId).length).toBe(2);
  expect(await read()).toEqual(first);
});
