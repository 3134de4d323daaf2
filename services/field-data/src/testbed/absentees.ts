import { vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { importAbsenteesAnswered, importAbsenteesOrdered, type DataOf, type Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import type { ChunkTestbed, TestRep } from './chunk-testbed.js';

type Answer = DataOf<typeof importAbsenteesAnswered>;
type Order = DataOf<typeof importAbsenteesOrdered>;

/** Orders about what is absent from the file of a sync, as an import sends them. */
export class AbsenteeOrders {
  readonly planId: Id = newId();

  constructor(
    private readonly bed: ChunkTestbed,
    readonly importId: Id,
    private readonly entity = 'customer',
  ) {}

  /** What a work order of the plan says. */
  get planned() {
    return { importId: this.importId, dryRun: true, restorePointId: null, planId: this.planId } as const;
  }

  plan(of: TestRep, change: Partial<Order> = {}): Promise<Answer> {
    return this.send(of, { dryRun: true, restorePointId: null, most: 0, ...change });
  }

  /** Until there is no more to do. */
  async run(of: TestRep, most: number, change: Partial<Order> = {}): Promise<Answer> {
    for (;;) {
      const answer = await this.send(of, { restorePointId: of.point, most, ...change });
      if (!answer.more) return answer;
    }
  }

  async send(of: TestRep, order: Partial<Order> & Pick<Order, 'most' | 'restorePointId'>): Promise<Answer> {
    const { importId, planId, entity } = this;
    const before = this.answers(of).length;
    const scope = { ...of.scope, cause: `import:${importId}` };
    await this.bed.service.publish(importAbsenteesOrdered, scope, {
      importId,
      entity,
      planId,
      repId: of.repId,
      ...order,
    });
    return vi.waitFor(() => {
      const answer = this.answers(of)[before];
      if (!answer) throw new Error('There is no answer');
      return answer;
    }, PATIENT);
  }

  private answers({ repId }: TestRep): Answer[] {
    const events = this.bed.service.events(importAbsenteesAnswered).map(({ data }) => data);
    return events.filter((one) => one.importId === this.importId && one.repId === repId);
  }
}
