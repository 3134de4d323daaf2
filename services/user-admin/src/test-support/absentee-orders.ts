import { vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { importAbsenteesAnswered, importAbsenteesOrdered, type DataOf, type Id } from '@muster/contracts';
import { newId, type Scope } from '@muster/persistence';
import type { AccountChunkTestbed } from './account-chunks.js';

type Order = DataOf<typeof importAbsenteesOrdered>;
type Answer = DataOf<typeof importAbsenteesAnswered>;

/** Orders about who is absent from the file of a sync of accounts, as one import sends them. */
export class AbsenteeOrders {
  readonly importId = newId();
  readonly planId = newId();
  private count = 0;

  constructor(
    private readonly bed: AccountChunkTestbed,
    private readonly of: { readonly scope: Scope; readonly point: Id },
  ) {}

  /** What a work order of the plan says. */
  get planned() {
    const { importId, planId } = this;
    return { importId, planId, dryRun: true, restorePointId: null } as const;
  }

  plan(): Promise<Answer> {
    return this.send({ dryRun: true, restorePointId: null, most: 0 });
  }

  run(most: number, restorePointId = this.of.point): Promise<Answer> {
    return this.send({ most, restorePointId });
  }

  private async send(order: Partial<Order> & Pick<Order, 'most' | 'restorePointId'>): Promise<Answer> {
    const { importId, planId } = this;
    const { service } = this.bed.admin;
    const scope = { ...this.of.scope, cause: `import:${importId}` };
    await service.publish(importAbsenteesOrdered, scope, { importId, planId, entity: 'user', repId: null, ...order });
    const place = this.count++;
    return vi.waitFor(() => {
      const answer = service.events(importAbsenteesAnswered).filter(({ data }) => data.importId === importId)[place];
      if (!answer) throw new Error('There is no answer');
      return answer.data;
    }, PATIENT);
  }
}
