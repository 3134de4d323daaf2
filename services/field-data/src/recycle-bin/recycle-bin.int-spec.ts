import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsChanged } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { ApiTestbed, KINDS, type Made } from '../testbed/api-testbed.js';
import { RecycleBinSweeper } from './recycle-bin-sweeper.js';

let bed: ApiTestbed;
type Who = ReturnType<ApiTestbed['person']>;

beforeAll(async () => {
  bed = await ApiTestbed.start();
});
afterAll(() => bed?.service.stop());

async function binned(who: Who, kind: string, fields: Record<string, unknown> = {}): Promise<Made> {
  const made = await bed.add(who, kind, fields);
  expect((await bed.send(who, 'DELETE', `${kind}/${made.id}`)).status).toBe(204);
  return made;
}

const post = (who: Who, what: 'restore' | 'purge', selection: object) =>
  bed.send(who, 'POST', `recycle-bin/${what}`, selection);
const idsIn = async (who: Who, query = '') => (await bed.items(who, `recycle-bin?${query}`)).map(({ id }) => id);

describe.each(KINDS)('the recycle bin of %s', (kind) => {
  const entity = kind.slice(0, -1);

  it('gives a record back as it was', async () => {
    const who = bed.person();
    const made = await binned(who, kind, { externalId: '007' });
    expect(await bed.items(who, 'recycle-bin')).toEqual([
      {
        ...{ id: made.id, entity, repId: made.repId, externalId: '007', title: expect.any(String), cause: 'hand' },
        ...{ importId: null, deletedAt: expect.any(String), leavesAt: expect.any(String) },
      },
    ]);
    expect((await post(who, 'restore', { ids: [made.id] })).body).toEqual({ restored: 1, more: false });
    const { body } = await bed.send(who, 'GET', `${kind}/${made.id}`);
    expect(body).toEqual({ ...made, version: 3, updatedAt: expect.any(String) });
    expect(await idsIn(who)).toEqual([]);
    expect((await post(who, 'restore', { ids: [made.id, newId()] })).body).toEqual({ restored: 0, more: false });
    const told = () => bed.service.events(recordsChanged).filter(({ data }) => data.updated.includes(made.id));
    await expect.poll(told).toMatchObject([{ data: { entity, repId: made.repId } }]);
  });

  it('gives nothing back whose external id is another record’s meanwhile, and says which', async () => {
    const who = bed.person();
    const [free, first] = [await binned(who, kind), await binned(who, kind, { externalId: 'A' })];
    const second = await binned(who, kind, { externalId: 'A', repId: first.repId });
    const ids = [free.id, first.id, second.id];
    const both = await post(who, 'restore', { ids });
    expect([both.status, both.body['code'], both.body.errors]).toMatchObject([409, 'external_id_taken', [{ pointer: '/ids/1', code: 'value_taken' }]]); // prettier-ignore
    const live = await bed.add(who, kind, { externalId: 'A', repId: first.repId });
    const taken = await post(who, 'restore', { ids });
    expect(taken.body.errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/ids/1', '/ids/2']);
    expect((await idsIn(who)).toSorted()).toEqual(ids.toSorted());
    expect((await post(who, 'restore', { filter: {} })).body).toEqual({ restored: 1, more: false });
    await bed.send(who, 'DELETE', `${kind}/${live.id}`);
    // The latest of one external id comes back.
    expect((await post(who, 'restore', { filter: { entity } })).body).toEqual({ restored: 1, more: false });
    expect((await bed.items(who, kind)).map(({ id }) => id).toSorted()).toEqual([free.id, live.id].toSorted());
  });

  it('purges records with their history', async () => {
    const who = bed.person();
    const [gone, kept] = [await binned(who, kind), await binned(who, kind)];
    const live = await bed.add(who, kind);
    expect((await post(who, 'purge', { ids: [gone.id, live.id] })).body).toEqual({ purged: 1, more: false });
    const log = await bed.query(who, `select distinct record_id as id from ${entity}_change order by 1`);
    expect(log).toEqual([kept.id, live.id].toSorted().map((id) => ({ id })));
    expect(await idsIn(who)).toEqual([kept.id]);
    expect((await post(who, 'restore', { ids: [gone.id] })).body['restored']).toBe(0);
    expect((await post(who, 'purge', { filter: { entity } })).body).toEqual({ purged: 1, more: false });
  });

  it('lets a record go after 14 days, and keeps its history', async () => {
    const who = bed.person();
    const [old, young] = [await binned(who, kind), await binned(who, kind)];
    const age = `update ${entity} set deleted_at = now() - make_interval(days => 14, secs => $2) where id = $1`;
    await bed.query(who, age, [old.id, 1]);
    await bed.query(who, age, [young.id, -60]);
    bed.service.app.get(RecycleBinSweeper).wake();
    await expect.poll(() => idsIn(who)).toEqual([young.id]);
    const log = await bed.query(who, `select op, actor from ${entity}_change where record_id = $1 order by seq desc limit 1`, [old.id]); // prettier-ignore
    expect(log).toEqual([{ op: 'D', actor: 'system' }]);
    const told = () => bed.service.events(recordsChanged).filter(({ data }) => data.removed.includes(old.id)).length;
    await expect.poll(told).toBe(2);
  });
});

describe('the recycle bin', () => {
  it('lists all kinds, the latest deletion first, page by page', async () => {
    const who = bed.person();
    const made = [];
    for (const kind of [...KINDS, ...KINDS]) made.push((await binned(who, kind)).id);
    const seen: unknown[] = [];
    for (let cursor: unknown = ''; cursor !== null;) {
      const { body } = await bed.send(who, 'GET', `recycle-bin?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body['nextCursor'];
    }
    expect(seen).toEqual(made.toReversed());
    expect((await bed.send(who, 'GET', 'recycle-bin?cursor=x')).body['code']).toBe('invalid_cursor');
  });

  it('filters by rep, entity, cause and time', async () => {
    const who = bed.person();
    const [task, report] = [await binned(who, 'tasks'), await binned(who, 'reports')];
    const importId = newId();
    const scope = { companyId: who.companyId, actor: 'user:test', cause: `import:${importId}` };
    const byImport = await bed.add(who, 'tasks');
    await bed.uow.run(
      scope,
      (manager) =>
      manager.query(`update task set deleted_at = clock_timestamp(), deleted_cause = $2 where id = $1`, [byImport.id, scope.cause]), // prettier-ignore
    );
    expect(await idsIn(who, `rep=${task.repId}`)).toEqual([task.id]);
    expect(await idsIn(who, 'entity=report')).toEqual([report.id]);
    expect(await bed.items(who, 'recycle-bin?cause=import')).toMatchObject([
      { id: byImport.id, cause: 'import', importId },
    ]);
    expect(await idsIn(who, 'cause=hand&entity=task')).toEqual([task.id]);
    expect(await idsIn(who, 'deletedSince=2999-01-01T00:00:00Z')).toEqual([]);
    expect((await bed.send(who, 'GET', 'recycle-bin?entity=user')).status).toBe(422);
    expect((await post(who, 'purge', { filter: { cause: 'import' } })).body).toEqual({ purged: 1, more: false });
    expect((await post(who, 'restore', { filter: { rep: task.repId } })).body).toEqual({ restored: 1, more: false });
    expect(await idsIn(who)).toEqual([report.id]);
  });

  it('is everybody’s own', async () => {
    const admin = bed.person();
    const user = bed.person('user', admin.companyId);
    const [own, other] = [await binned(user, 'tasks', { repId: user.userId }), await binned(admin, 'tasks')];
    expect(await idsIn(user)).toEqual([own.id]);
    for (const who of [user, bed.person()]) {
      expect((await post(who, 'restore', { ids: [other.id] })).body['restored']).toBe(0);
      expect((await post(who, 'purge', { ids: [other.id] })).body['purged']).toBe(0);
    }
    expect((await post(bed.person(), 'purge', { filter: {} })).body['purged']).toBe(0);
    expect((await post(user, 'purge', { filter: {} })).body['purged']).toBe(1);
    expect(await idsIn(admin)).toEqual([other.id]);
  });

  it('gives nothing back to a rep without a schedule', async () => {
    const who = bed.person();
    const { id, repId } = await binned(who, 'tasks');
    const scope = { companyId: who.companyId, actor: 'user:test', cause: 'request:test' };
    await bed.query(who, `insert into rep_schedule (company_id, rep_id, version, ended) values ($1, $2, 2, true)`, [scope.companyId, repId]); // prettier-ignore
    const answer = await post(who, 'restore', { ids: [id] });
    expect([answer.status, answer.body['code'], answer.body.errors]).toMatchObject([422, 'rep_unknown', [{ pointer: '/ids/0', code: 'rep_without_schedule' }]]); // prettier-ignore
    expect((await post(who, 'restore', { filter: {} })).body).toEqual({ restored: 0, more: false });
  });

  it.each([[{}], [{ ids: [newId()], filter: {} }], [{ ids: [] }], [{ ids: ["'"] }], [{ filter: { entity: 'user' } }]])(
    'does not take %j for a choice',
    async (selection) => {
      expect((await post(bed.person(), 'purge', selection)).status).toBe(422);
    },
  );

  it('gives 20,000 records back in several requests', async () => {
    const who = bed.person();
    const rep = newId();
    await bed.query(
      who,
      `insert into task (id, company_id, rep_id, external_id, subject, deleted_at)
       select uuidv7(), $1, $2, n::text, 'Call', now() from generate_series(1, 20000) n`,
      [who.companyId, rep],
    );
    let restored = 0;
    for (let more: unknown = true; more === true;) {
      const { body } = await post(who, 'restore', { filter: {} });
      restored += Number(body['restored']);
      more = body['more'];
    }
    expect(restored).toBe(20_000);
    expect(await idsIn(who)).toEqual([]);
  });
});
