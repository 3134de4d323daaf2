import { afterAll, beforeAll, expect, it } from 'vitest';
import { UnitOfWork } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { GroupMaker } from './group-maker.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
});
afterAll(() => server?.service.stop());

it('spellings that the database takes for one name make one group, the first of them', async () => {
  const scope = { companyId: company.id, actor: 'system', cause: 'request:test' };
  const names = ['straße', 'STRASSE', 'Nord', 'NORD', 'Süd'];
  const { idOf: ids } = await server.service.app
    .get(UnitOfWork)
    .run(scope, (manager) => server.service.app.get(GroupMaker).make(manager, company.id, names));
  expect(names.map((name) => ids.has(name))).toEqual([true, true, true, true, true]);
  expect(new Set(ids.values()).size).toBe(3);
  const { body } = await server.call('GET', '/v1/user-groups', { token: company.token });
  expect((body['items'] as { name: string }[]).map(({ name }) => name)).toEqual(['Nord', 'straße', 'Süd']);
});
