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
import { chunkContext, ChunkPlanner, type ChunkContext } from './chunk-planner.js';
import { ChunkResultRepository } from './chunk-result.repository.js';
import { ChunkWriter } from './chunk-writer.js';
import { applyOrHalve } from './halve.js';
import type { ChunkRow } from './key-index.js';
import { effectOf, type ChunkEffect } from './row-decision.js';

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

  /** Plans or applies a chunk in one transaction, and answers. A repeat of an applied chunk is only answered, alike. */
  async handle(event: EventOf<typeof importChunkOrdered>): Promise<void> {
    const order = event.data;
    const scope = scopeOf(event);
    const context = chunkContext(order);
    if (order.dryRun) return this.plan(scope, order, context);
    try {
      await this.apply(scope, order, async (manager) => [
        await this.writer.write(manager, scope.companyId, context, rowsOf(order)),
      ]);
    } catch (error) {
      if (!isCausedByValues(error)) throw error;
      // A concurrent writer may have taken a key; what it wrote is seen the second time.
      this.note(order, error, 'A chunk failed and is tried once more');
      await this.apply(scope, order, (manager) => this.writeWhatCanBe(manager, scope, order, context));
    }
  }

  private async plan(scope: Scope, order: ChunkOrder, context: ChunkContext): Promise<void> {
    await this.uow.run(scope, async (manager) => {
      const decisions = await this.planner.decide(manager, context, rowsOf(order));
      await this.answer(order, effectOf(decisions, undefined).answers);
    });
  }

  private async apply(
    scope: Scope,
    order: ChunkOrder,
    write: (manager: EntityManager) => Promise<ChunkEffect[]>,
  ): Promise<void> {
    await this.uow.run(scope, async (manager) => {
      const beginning = await this.results.begin(manager, scope.companyId, order);
      if (beginning.kind === 'repeat') return this.answer(order, beginning.answers);
      if (beginning.kind === 'no-mark') return this.answer(order, [], 'restore_point_void');
      const effects = await write(manager);
      const answers = effects.flatMap((effect) => effect.answers);
      await this.results.finish(manager, scope.companyId, order, answers);
      await this.answer(order, answers);
      await this.announce(order, effects);
    });
  }

  /** All rows but those that the database refuses. */
  private writeWhatCanBe(
    manager: EntityManager,
    { companyId }: Scope,
    order: ChunkOrder,
    context: ChunkContext,
  ): Promise<ChunkEffect[]> {
    return applyOrHalve(
      rowsOf(order),
      (rows: readonly ChunkRow[]) => withSavepoint(manager, () => this.writer.write(manager, companyId, context, rows)),
      isCausedByValues,
      ({ row }, error) => this.giveUp(order, row, error),
    );
  }

  private giveUp(order: ChunkOrder, row: number, error: unknown): ChunkEffect {
    this.note(order, error, `Row ${row} cannot be written`);
    return {
      answers: [{ row, outcome: 'failed', problems: [{ code: 'unexpected_error' }] }],
      created: [],
      updated: [],
    };
  }

  /** Of a statement that failed only what holds no values: they are people's data. */
  private note({ importId, seq }: ChunkOrder, error: unknown, msg: string): void {
    const found = statementError(error) ?? { err: error };
    this.logger.warn({ importId, seq, ...found, msg });
  }

  private async answer(order: ChunkOrder, answers: RowAnswer[], refusal?: 'restore_point_void'): Promise<void> {
    const { importId, seq, dryRun } = order;
    const data = { importId, seq, dryRun, answers, ...(refusal && { refusal }) };
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
