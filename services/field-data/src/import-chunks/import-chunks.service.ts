import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  importChunkAnswered,
  recordsChanged,
  type EventOf,
  type RowAnswer,
  type importChunkOrdered,
} from '@muster/contracts';
import { InvalidEvent, Outbox } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { isCausedByValues, statementError, withSavepoint } from '../records/statement-error.js';
import { rowsOf, type ChunkOrder } from './chunk-order.js';
import { chunkContext, ChunkPlanner } from './chunk-planner.js';
import { ChunkResultRepository } from './chunk-result.repository.js';
import { ChunkWriter } from './chunk-writer.js';
import { applyOrHalve } from './halve.js';
import type { ChunkRow } from './key-index.js';
import { answersOf, failure, type ChunkEffect } from './row-decision.js';

type Work = (manager: EntityManager) => Promise<ChunkEffect[]>;

/** Carries out the work orders of imports. */
@Injectable()
export class ImportChunks {
  private readonly logger = new Logger('import chunks');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly planner: ChunkPlanner,
    private readonly writer: ChunkWriter,
    private readonly results: ChunkResultRepository,
  ) {}

  /**
   * Plans or applies a chunk in one transaction, and answers. A repeat of an applied chunk is only answered, alike. What this
   * build cannot carry out at all fails row by row: left without an answer, it would hold up everybody's chunks.
   * @throws what the database says when it is away or busy; the same may well succeed later
   */
  async handle(event: EventOf<typeof importChunkOrdered>): Promise<void> {
    const order = event.data;
    const scope = scopeOf(event);
    try {
      await this.carryOut(scope, order);
    } catch (error) {
      if (!isCausedByValues(error)) throw error;
      this.note(order, error, 'A chunk cannot be carried out, all of its rows fail');
      await this.transact(scope, order, async () => rowsOf(order).map(failure));
    }
  }

  /** All rows in one go; should that fail, all but those that fail by themselves. */
  private async carryOut(scope: Scope, order: ChunkOrder): Promise<void> {
    const context = chunkContext(order);
    const rows = rowsOf(order);
    const attempt = (manager: EntityManager, some: readonly ChunkRow[]) =>
      order.dryRun
        ? this.planner.plan(manager, context, some)
        : this.writer.write(manager, scope.companyId, context, some);
    try {
      await this.transact(scope, order, async (manager) => [await attempt(manager, rows)]);
    } catch (error) {
      if (!isCausedByValues(error)) throw error;
      // A concurrent writer may have taken a key; what it wrote is seen the second time.
      this.note(order, error, 'A chunk failed and is tried once more');
      await this.transact(scope, order, (manager) =>
        applyOrHalve(
          rows,
          (some) => withSavepoint(manager, () => attempt(manager, some)),
          isCausedByValues,
          (row, cause) => {
            this.note(order, cause, `Row ${row.row} fails`);
            return failure(row);
          },
        ),
      );
    }
  }

  /** Does `work` and answers with what came of it, in one transaction. */
  private async transact(scope: Scope, order: ChunkOrder, work: Work): Promise<void> {
    await this.uow.run(scope, async (manager) => {
      if (order.dryRun) return this.answer(order, answersOf(await work(manager)));
      const beginning = await this.results.begin(manager, scope.companyId, order);
      if (beginning.kind === 'repeat') return this.answer(order, beginning.answers);
      if (beginning.kind === 'no-mark') return this.answer(order, [], 'restore_point_void');
      const effects = await work(manager);
      const answers = answersOf(effects);
      await this.results.finish(manager, scope.companyId, order, answers);
      await this.answer(order, answers);
      await this.announce(order, effects);
    });
  }

  /** Of a statement that failed only what holds no values: they are people's data. */
  private note({ importId, seq }: ChunkOrder, error: unknown, msg: string): void {
    const found = statementError(error) ?? { err: error };
    this.logger.warn({ importId, seq, ...found, msg });
  }

  private async answer(order: ChunkOrder, answers: RowAnswer[], refusal?: 'restore_point_void'): Promise<void> {
    const { importId, seq, dryRun, restorePointId } = order;
    const ofPoint = restorePointId !== null && { restorePointId };
    const data = { importId, seq, dryRun, ...ofPoint, answers, ...(refusal && { refusal }) };
    try {
      await this.outbox.publish(importChunkAnswered, data);
    } catch (error) {
      if (!(error instanceof InvalidEvent)) throw error;
      // Too large for one event: it goes without the old and new values.
      const bare = answers.map(({ row, outcome, recordId, problems }) => ({ row, outcome, recordId, problems }));
      await this.outbox.publish(importChunkAnswered, { ...data, answers: bare });
    }
  }

  private async announce({ entity, repId }: ChunkOrder, effects: readonly ChunkEffect[]): Promise<void> {
    const created = effects.flatMap((effect) => effect.created.map(({ id }) => id));
    const updated = effects.flatMap((effect) => effect.updated.map(({ id }) => id));
    if (created.length + updated.length === 0) return;
    await this.outbox.publish(recordsChanged, { entity, repId, created, updated, removed: [] });
  }
}

function scopeOf({ companyId, actor, traceparent, data }: EventOf<typeof importChunkOrdered>): Scope {
  return { companyId, actor, cause: `import:${data.importId}`, ...(traceparent !== undefined && { traceparent }) };
}
