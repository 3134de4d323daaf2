import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importAbsenteesAnswered, importAbsenteesOrdered, userDeactivated, type DataOf } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { AccountChunkTestbed, type Cell } from '../test-support/account-chunks.js';

describe('those who are absent from a sync', () => {
  let bed: AccountChunkTestbed;

  beforeAll(async () => {
    bed = await AccountChunkTestbed.start();
  });
  afterAll(() => bed?.admin.service.stop());

  type Company = Awaited<ReturnType<AccountChunkTestbed['company']>>;
  const row = (name: string): Cell[] => [`${name}@example.com`, 'F', name, null, false];

  /** @returns the `count`-th answer */
  async function order(of: Company, importId: string, most: number, restorePointId = of.point, count = 1) {
    const data = { importId, entity: 'user', restorePointId, most };
    await bed.admin.service.publish(importAbsenteesOrdered, { ...of.scope, cause: `import:${importId}` }, data);
    return vi.waitFor((): DataOf<typeof importAbsenteesAnswered> => {
      const answers = bed.admin.service.events(importAbsenteesAnswered).filter((one) => one.data.importId === importId);
      const answer = answers[count - 1];
      if (!answer) throw new Error('There is no answer');
      return answer.data;
    }, 10_000);
  }

  const active = async (of: Company) =>
    (await bed.stored(of.id)).filter(({ loginEnabled }) => loginEnabled === true).map(({ lastName }) => lastName);

  /** Four accounts that were there before the point under which `one` and `two` are imported. */
  async function imported(): Promise<{ of: Company; importId: string }> {
    const before = await bed.company();
    await bed.handle(bed.order(before, ['one', 'two', 'three', 'four'].map(row)));
    const of = { ...before, point: await bed.mark(before.scope) };
    const importId = newId();
    await bed.handle(bed.order(of, [row('one'), ['two@example.com', 'F', 'two', 'x'.repeat(10), false]], { importId }));
    return { of, importId };
  }

  it('are deactivated, but for the last administrator; those who came later stay', async () => {
    const { of, importId } = await imported();
    await bed.handle(bed.order(of, [row('later')]));
    const administrator = (await bed.stored(of.id)).find(({ level }) => level === 2)?.['id'];
    expect(await order(of, importId, 3)).toEqual({
      importId,
      deactivated: 2,
      passedOver: [{ recordId: administrator, code: 'last_administrator' }],
    });
    const again = await order(of, importId, 3, of.point, 2);
    expect(again).toMatchObject({ deactivated: 2, passedOver: [{ code: 'last_administrator' }] });
    expect((await active(of)).sort()).toEqual(['Admin', 'later', 'one', 'two']);
    await vi.waitFor(() => {
      const told = bed.admin.service.events(userDeactivated).filter(({ companyId }) => companyId === of.id);
      expect(told.map(({ cause }) => cause)).toEqual([`import:${importId}`, `import:${importId}`]);
    });
  });

  it('all stay where they are more than the plan foresaw', async () => {
    const { of, importId } = await imported();
    expect(await order(of, importId, 2)).toEqual({
      importId,
      deactivated: 0,
      passedOver: [],
      withheld: 'more_than_planned',
    });
    expect(await active(of)).toHaveLength(5);
  });

  it('all stay without the mark of the restore point', async () => {
    const { of, importId } = await imported();
    expect(await order(of, importId, 9, newId())).toMatchObject({ deactivated: 0, withheld: 'restore_point_void' });
  });
});
