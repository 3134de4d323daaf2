import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customFieldsOfEntity } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { ChunkTestbed, key, outcomes, overwrite, type Cell, type TestRep } from '../testbed/chunk-testbed.js';

const FIELDS = {
  number: 'text',
  size: 'selection',
  weight: 'number',
  since: 'date',
  tags: 'multiSelection',
  loud: 'yesNo',
};

/** Fields that a company added to its tasks. */
describe('work orders with the company’s own fields', () => {
  let bed: ChunkTestbed;
  let of: TestRep;

  beforeAll(async () => {
    bed = await ChunkTestbed.start();
    of = await bed.rep();
    for (const [name, type] of Object.entries(FIELDS)) await define(name, type);
  });
  afterAll(() => bed?.service.stop());

  const define = (name: string, type: string) =>
    bed.uow.run(of.scope, (manager) =>
      manager.query(
        `insert into custom_field (id, company_id, entity, name, type, label_en, label_de) values ($1, $2, 'task', $3, $4, $3, $3)`,
        [newId(), of.scope.companyId, name, type],
      ),
    );
  const own = (name: string) => `customFields.${name}`;
  const go = (rows: Cell[][], columns: ReturnType<typeof key>[] | object[], rep = of) =>
    bed.handle(bed.order(rep, rows, { entity: 'task', columns: columns as ReturnType<typeof key>[] }));
  const stored = (rep = of) =>
    bed.uow.run(rep.scope, (manager) =>
      manager.query<object[]>(`select subject, custom_fields as own, version from task where rep_id = $1 order by subject`, [rep.repId]),
    ); // prettier-ignore
  const ALL = [
    key('externalId'),
    overwrite('subject'),
    ...Object.keys(FIELDS).map((name) => overwrite(own(name), 'clear')),
  ];

  it('store each in its form, find nothing to do, then change and empty single ones', async () => {
    const rep = { ...of, repId: newId() };
    const rows: Cell[][] = [
      ['1', 'a', '007', 'L', 1.5, '2026-03-14', 'x;y', false],
      ['2', 'b', null, null, null, null, null, null],
    ];
    expect(outcomes(await go(rows, ALL, rep))).toEqual(['created', 'created']);
    const values = { number: '007', size: 'L', weight: 1.5, since: '2026-03-14', tags: 'x;y', loud: false };
    expect(await stored(rep)).toMatchObject([{ own: values }, { own: {} }]);
    expect(outcomes(await go(rows, ALL, rep))).toEqual(['unchanged', 'unchanged']);
    const changed = await go([['1', 'a', '007', null, 2, '2026-03-14', 'x;y', null], ...rows.slice(1)], ALL, rep);
    expect(outcomes(changed)).toEqual(['updated', 'unchanged']);
    expect(changed.answers[0]?.changes).toEqual([
      { field: own('size'), from: 'L', to: null },
      { field: own('weight'), from: 1.5, to: 2 },
      { field: own('loud'), from: false, to: null },
    ]);
    expect(await stored(rep)).toMatchObject([
      { own: { number: '007', weight: 2, since: '2026-03-14', tags: 'x;y' }, version: 2 },
      { own: {}, version: 1 },
    ]);
    // What no column is mapped to stays.
    expect(outcomes(await go([['1', 'A']], [key('externalId'), overwrite('subject')], rep))).toEqual(['updated']);
    expect(await stored(rep)).toMatchObject([{ subject: 'A', own: { number: '007', weight: 2 } }, {}]);
  });

  it('can be keys, alone and together with others, restore from the recycle bin, and may be ambiguous', async () => {
    const rep = { ...of, repId: newId() };
    const byNumber = [key(own('number')), overwrite('subject')];
    expect(outcomes(await go([['007', 'a'], ['7', 'b']], byNumber, rep))).toEqual(['created', 'created']); // prettier-ignore
    expect(outcomes(await go([['007', 'a'], ['7', 'B'], [null, 'c']], byNumber, rep))).toEqual(['unchanged', 'updated', 'invalid']); // prettier-ignore
    const both = [key(own('number')), key('subject'), overwrite(own('size'))];
    expect(outcomes(await go([['7', 'B', 'L'], ['7', 'b', 'L']], both, rep))).toEqual(['updated', 'created']); // prettier-ignore
    const { answers } = await go([['7', 'x']], byNumber, rep);
    expect(answers[0]?.problems).toEqual([{ code: 'ambiguous_key', params: { count: 2 } }]);
    await bed.uow.run(rep.scope, (manager) =>
      manager.query(`update task set deleted_at = now() where rep_id = $1`, [rep.repId]),
    );
    expect(outcomes(await go([['007', 'a']], byNumber, rep))).toEqual(['updated']);
    expect(await stored(rep)).toHaveLength(3);
  });

  it('fail row by row once the field is gone, and nothing is written', async () => {
    await define('short_lived', 'text');
    const columns = [key('externalId'), overwrite('subject'), overwrite(own('short_lived'))];
    expect(outcomes(await go([['gone', 'x', 'y']], columns))).toEqual(['created']);
    await bed.uow.run(of.scope, (manager) => manager.query(`delete from custom_field where name = 'short_lived'`));
    expect(outcomes(await go([['gone', 'X', 'Y'], ['new', 'x', 'y']], columns))).toEqual(['failed', 'failed']); // prettier-ignore
    expect(await stored()).toMatchObject([{ subject: 'x', version: 1 }]);
  });

  it('are told to whoever asks, to nobody of another company', async () => {
    const questions = bed.service.app.get(Questions);
    const ask = (companyId: string, entity: string) => questions.ask(customFieldsOfEntity, { companyId, entity });
    const { fields } = await ask(of.scope.companyId, 'task');
    expect(fields.map(({ name, type }) => [name, type])).toEqual(Object.entries(FIELDS));
    expect(await ask(of.scope.companyId, 'report')).toEqual({ fields: [] });
    expect(await ask(newId(), 'task')).toEqual({ fields: [] });
  });
});
