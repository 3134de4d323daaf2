import { vi } from 'vitest';
import {
  importChunkAnswered,
  importChunkOrdered,
  type DataOf,
  type EventEnvelope,
  type Id,
  type RowOutcome,
} from '@muster/contracts';
import { ImportChunks, type ChunkOrder } from '@muster/import-owner';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { startTestService, type TestService, PATIENT } from '@muster/testing';
import { FIELD_DATA } from '../definition.js';
import { Marks } from '../marks/marks.service.js';

export type Cell = string | number | boolean | null;
export type OrderEvent = EventEnvelope<ChunkOrder>;
type Answer = DataOf<typeof importChunkAnswered>;

export const key = (field: string) => ({ field, behaviour: 'key', emptyCell: 'keep' }) as const;
export const overwrite = (field: string, emptyCell: 'keep' | 'clear' = 'keep') =>
  ({ field, behaviour: 'overwrite', emptyCell }) as const;

export const outcomes = ({ answers }: Pick<Answer, 'answers'>): RowOutcome[] => answers.map(({ outcome }) => outcome);

/** A rep of a company with a restore point that field-data has marked. */
export interface TestRep {
  readonly scope: Scope;
  readonly point: Id;
  readonly repId: Id;
}

/** field-data, and what a test of work orders does with it. */
export class ChunkTestbed {
  static async start(): Promise<ChunkTestbed> {
    return new ChunkTestbed(await startTestService(FIELD_DATA));
  }

  readonly uow: UnitOfWork;
  readonly chunks: ImportChunks;

  private constructor(readonly service: TestService) {
    this.uow = service.app.get(UnitOfWork);
    this.chunks = service.app.get(ImportChunks);
  }

  async rep(): Promise<TestRep> {
    const scope: Scope = { companyId: newId(), actor: 'user:anna', cause: 'request:1' };
    const point = newId();
    await this.service.app.get(Marks).follow(scope, { restorePointId: point, owner: 'user-admin' });
    return { scope, point, repId: newId() };
  }

  /** Preset: an upsert by external id of name1 and city; an empty city clears. */
  order({ scope, point, repId }: TestRep, rows: Cell[][], overrides: Partial<ChunkOrder> = {}): OrderEvent {
    const importId = newId();
    return {
      id: newId(),
      type: importChunkOrdered.type,
      source: 'import',
      time: '2026-11-30T08:00:00.000Z',
      subject: `${importId}/0`,
      companyId: scope.companyId,
      actor: scope.actor,
      cause: `import:${importId}`,
      data: {
        importId,
        seq: 0,
        entity: 'customer',
        dryRun: false,
        restorePointId: point,
        repId,
        mode: 'upsert',
        columns: [key('externalId'), overwrite('name1'), overwrite('city', 'clear')],
        rows: rows.map((cells, i): [number, ...Cell[]] => [i + 2, ...cells]),
        ...overrides,
      },
    };
  }

  /** For several chunks of one import. */
  async carryOut(event: OrderEvent): Promise<Answer> {
    const { importId, seq, dryRun } = event.data;
    await this.chunks.handle(event);
    return vi.waitFor(() => {
      const answer = this.service
        .events(importChunkAnswered)
        .find(({ data }) => data.importId === importId && data.seq === seq && data.dryRun === dryRun);
      if (!answer) throw new Error('There is no answer');
      return answer.data;
    }, PATIENT);
  }

  async handle(event: OrderEvent): Promise<Answer> {
    await this.chunks.handle(event);
    const [answer] = await this.answersTo(event);
    if (!answer) throw new Error('There is no answer');
    return answer;
  }

  /** Waits for `count` answers. */
  answersTo({ data }: OrderEvent, count = 1): Promise<Answer[]> {
    return vi.waitFor(() => {
      const found = this.service.events(importChunkAnswered).filter((one) => one.data.importId === data.importId);
      if (found.length < count) throw new Error(`${found.length} of ${count} answers`);
      return found.map((one) => one.data);
    }, PATIENT);
  }

  stored({ scope, repId }: TestRep): Promise<Record<string, unknown>[]> {
    return this.uow.run(scope, (manager) =>
      manager.query(
        `select external_id as "externalId", name1, city, version, do_not_call as "doNotCall",
                deleted_at is not null as binned
         from customer where rep_id = $1 order by external_id, name1`,
        [repId],
      ),
    );
  }

  /** Rows of the change log. */
  async logged({ scope, repId }: TestRep): Promise<number> {
    const [row] = await this.uow.run(scope, (manager) =>
      manager.query<{ n: number }[]>(`select count(*) as n from customer_change where rep_id = $1`, [repId]),
    );
    return row?.n ?? 0;
  }
}
