import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { userDeactivated } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { AbsenteeList } from './absentee-list.js';
import { AbsenteeOrders } from '../test-support/absentee-orders.js';
import { AccountChunkTestbed, key, overwrite, type Cell } from '../test-support/account-chunks.js';

describe('those who are absent from a sync', () => {
  let bed: AccountChunkTestbed;

  beforeAll(async () => {
    bed = await AccountChunkTestbed.start();
  });
  afterAll(() => bed?.admin.service.stop());

  type Company = Awaited<ReturnType<AccountChunkTestbed['company']>>;
  const row = (name: string): Cell[] => [`${name}@example.com`, 'F', name, null, false];

  const active = async (of: Company) =>
    (await bed.stored(of.id)).filter(({ loginEnabled }) => loginEnabled === true).map(({ lastName }) => lastName);

  const twoRows: Cell[][] = [row('one'), ['two@example.com', 'F', 'two', 'x'.repeat(10), false]];

  /** Four accounts that were there before the point under which `one` and `two` are imported, once it was planned. */
  async function imported(
    settled: [number, ...Cell[]][] = [],
  ): Promise<{ of: Company; orders: AbsenteeOrders; planned: unknown }> {
    const before = await bed.company();
    await bed.handle(bed.order(before, ['one', 'two', 'three', 'four'].map(row)));
    const of = { ...before, point: await bed.mark(before.scope) };
    const orders = new AbsenteeOrders(bed, of);
    await bed.handle(bed.order(of, twoRows, { ...orders.planned, settled }));
    const planned = await orders.plan();
    await bed.handle(bed.order(of, twoRows, { importId: orders.importId, settled }));
    return { of, orders, planned };
  }

  it('are deactivated, but for the last administrator; those who came later stay', async () => {
    const { of, orders, planned } = await imported();
    expect(planned).toMatchObject({ planned: 3, base: 5, deactivated: 0 });
    await bed.handle(bed.order(of, [row('later')]));
    const administrator = (await bed.stored(of.id)).find(({ level }) => level === 2)?.['id'];
    const passedOver = [{ recordId: administrator, code: 'last_administrator' }];
    expect(await orders.run(3)).toMatchObject({ importId: orders.importId, deactivated: 2, passedOver });
    expect(await orders.run(3)).toMatchObject({ deactivated: 2, passedOver });
    expect((await active(of)).sort()).toEqual(['Admin', 'later', 'one', 'two']);
    await vi.waitFor(() => {
      const told = bed.admin.service.events(userDeactivated).filter(({ companyId }) => companyId === of.id);
      expect(told.map(({ cause }) => cause)).toEqual([1, 2].map(() => `import:${orders.importId}`));
    }, PATIENT);
  });

  it('stay where they were activated since the restore point, not where they were before', async () => {
    const { of: before, orders } = await imported();
    const enable = (enabled: boolean, ...names: string[]) =>
      bed.admin.service.app
        .get(UnitOfWork)
        .run(before.scope, (manager) =>
          manager.query(`update user_account set login_enabled = $1 where last_name = any($2)`, [enabled, names]),
        );
    await enable(false, 'three', 'four');
    await enable(true, 'four');
    const of = { ...before, point: await bed.mark(before.scope) };
    await enable(true, 'three');
    expect(await orders.run(3, of.point)).toMatchObject({ deactivated: 1 });
    expect((await active(of)).sort()).toEqual(['Admin', 'one', 'three', 'two']);
  });

  it('are nobody for whom a row stands that was found invalid before, and are listed with what became of them', async () => {
    const { of, orders } = await imported([[9, 'THREE@example.com', null, null, null, null]]);
    const { importId, planId } = orders;
    const request = { companyId: of.id, importId, planId, entity: 'user', repId: null, after: null, limit: 9 };
    const list = async () => {
      const { items } = await bed.admin.service.app.get(AbsenteeList).list(request);
      return items.map(({ name, email, state, code }) => [name, email, state, code]).sort();
    };
    const admin = [expect.any(String), expect.stringContaining('@')] as const;
    const four = ['F four', 'four@example.com'];
    expect(await list()).toEqual([
      [...admin, 'planned', null],
      [...four, 'planned', null],
    ]);
    expect(await orders.run(2)).toMatchObject({ deactivated: 1 });
    expect(await list()).toEqual([
      [...admin, 'kept', 'last_administrator'],
      [...four, 'removed', null],
    ]);
    expect((await active(of)).sort()).toEqual(['Admin', 'one', 'three', 'two']);
  });

  it('are nobody whose number or e-mail stands in a row of somebody else, or in one that lost its id', async () => {
    const before = await bed.company();
    const numbered = (name: string, number: string): Cell[] => [`${name}@example.com`, 'F', name, number, false];
    await bed.handle(bed.order(before, [numbered('anna', '1'), numbered('bea', '2'), numbered('cora', '3'), numbered('dana', '4')]));
    const of = { ...before, point: await bed.mark(before.scope) };
    const admin: Cell[] = ['Admin@example.com', null, null, null, null];

    // Anna and Bea have another e-mail by now; something else is wrong with the row of Bea.
    const byEmail = new AbsenteeOrders(bed, of);
    const settled: [number, ...Cell[]][] = [[9, 'bea@new.example.com', null, null, '2', null]];
    const rows = [admin, numbered('cora', '3'), ['anna@new.example.com', 'F', 'anna', '1', false]];
    await bed.handle(bed.order(of, rows, { ...byEmail.planned, settled }));
    expect(await byEmail.plan()).toMatchObject({ planned: 1 });

    const byId = new AbsenteeOrders(bed, of);
    const columns = [key('id'), overwrite('email'), overwrite('firstName'), overwrite('lastName')];
    const lost: [number, ...Cell[]][] = [[9, null, 'BEA@example.com', null, null]];
    const idRows = [[null, 'Anna@example.com', 'F', 'anna'], [null, 'Admin@example.com', 'F', 'admin']];
    await bed.handle(bed.order(of, idRows, { ...byId.planned, columns, settled: lost }));
    expect(await byId.plan()).toMatchObject({ planned: 2 });
  }); // prettier-ignore

  it('all stay where they are more than was said', async () => {
    const { of, orders } = await imported();
    expect(await orders.run(2)).toMatchObject({ deactivated: 0, passedOver: [], withheld: 'more_than_planned' });
    expect(await active(of)).toHaveLength(5);
  });

  it('all stay without the mark of the restore point', async () => {
    const { orders } = await imported();
    expect(await orders.run(9, newId())).toMatchObject({ deactivated: 0, withheld: 'restore_point_void' });
  });
});
