import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EventOf, Id, importChunkOrdered } from '@muster/contracts';
import { answersOf, applyOrHalve, failure, type ChunkEffect, type ChunkRow } from '@muster/import-model';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { AbsenteeRepository } from './absentees/absentee.repository.js';
import { ChunkAnswers } from './chunk-answers.js';
import { rowsOf, settledRows, type ChunkOrder } from './chunk-order.js';
import { CHUNK_OWNER, type ChunkOwner, type ChunkWork } from './chunk-owner.js';
import { ChunkResultRepository, type ChunkOutcome } from './chunk-result.repository.js';
import { waitingRows, withAnswers } from './late-rows.js';
import { isCausedByValues, statementError, withSavepoint } from './statement-error.js';

type Apply = (manager: EntityManager, rows: readonly ChunkRow[]) => Promise<ChunkEffect[]>;

/** Carries out the work orders of imports, with what the owner gives. */
@Injectable()
export class ImportChunks {
  private readonly logger = new Logger('import chunks');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly results: ChunkResultRepository,
    private readonly absentees: AbsenteeRepository,
    private readonly answers: ChunkAnswers,
    @Inject(CHUNK_OWNER) private readonly owner: ChunkOwner,
  ) {}

  /**
   * Plans or applies a chunk in one transaction, and answers. A repeat of an applied chunk is only answered, alike. What this
   * build cannot carry out at all fails row by row: left without an answer, it would hold up everybody's chunks.
   * @throws what the database says when it is away or busy; the same may well succeed later
   */
  async handle(event: EventOf<typeof importChunkOrdered>): Promise<void> {
    const order = event.data;
    if (!this.owner.owns(order.entity)) return;
    const scope = scopeOf(event);
    try {
      await this.carryOut(scope, order);
    } catch (error) {
      if (!isCausedByValues(error)) throw error;
      this.note(order, error, 'A chunk cannot be carried out, all of its rows fail');
      await this.transact(scope, order, undefined, async (_manager, rows) => rows.map(failure));
    }
  }

  /** All rows in one go; should that fail, all but those that fail by themselves. */
  private async carryOut(scope: Scope, order: ChunkOrder): Promise<void> {
    const work = await this.owner.begin(scope, order);
    const attempt = (manager: EntityManager, some: readonly ChunkRow[]) =>
      order.dryRun ? work.plan(manager, some) : work.write(manager, some);
    try {
      await this.transact(scope, order, work, async (manager, rows) => [await attempt(manager, rows)]);
    } catch (error) {
      if (!isCausedByValues(error)) throw error;
      // A concurrent writer may have taken a key; what it wrote is seen the second time.
      this.note(order, error, 'A chunk failed and is tried once more');
      await this.transact(scope, order, work, (manager, rows) =>
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

  /** Applies the rows and answers with what came of them, in one transaction. */
  private async transact(scope: Scope, order: ChunkOrder, work: ChunkWork | undefined, apply: Apply): Promise<void> {
    await this.uow.run(scope, async (manager) => {
      if (order.dryRun) return this.plan(manager, scope, order, work, apply);
      await work?.lock?.(manager);
      if (order.last) return this.decideLate(manager, scope, order, work, apply);
      const beginning = await this.results.begin(manager, scope.companyId, order);
      if (beginning.kind === 'repeat') return this.answers.give(order, beginning);
      if (beginning.kind === 'no-mark') return this.answers.refuse(order);
      const effects = await apply(manager, rowsOf(order));
      const outcome = { ...outcomeOf(effects), unreadable: isUnreadable(order, work) };
      const present = await presentIn(manager, order, work, effects);
      await this.results.finish(manager, scope.companyId, order, { ...outcome, present });
      await this.answers.give(order, outcome);
      await work?.announce?.(manager, effects);
    });
  }

  /** Writes nothing but, of a sync, what the rows stand for. */
  private async plan(
    manager: EntityManager,
    { companyId }: Scope,
    order: ChunkOrder,
    work: ChunkWork | undefined,
    apply: Apply,
  ): Promise<void> {
    const { importId, planId, repId, seq } = order;
    const effects = await apply(manager, rowsOf(order));
    if (planId !== undefined) {
      const present = await presentIn(manager, order, work, effects);
      await this.absentees.notePresence(manager, { companyId, importId, planId, repId }, seq, present);
    }
    await this.answers.give(order, { ...outcomeOf(effects), unreadable: isUnreadable(order, work) });
  }

  /** All rows that wait, in one go, so that they can give each other what they need. Answers their chunks; a repeat does too. */
  private async decideLate(
    manager: EntityManager,
    { companyId }: Scope,
    order: ChunkOrder,
    work: ChunkWork | undefined,
    apply: Apply,
  ): Promise<void> {
    if (!(await this.results.hasMark(manager, order))) return this.answers.refuse(order);
    const late = await this.results.late(manager, companyId, order);
    const rows = waitingRows(late);
    const effects = rows.length > 0 ? await apply(manager, rows) : [];
    // Nothing waits for anything any more.
    const stuck = effects.flatMap(({ postponed }) => postponed.map(failure));
    const settled = withAnswers(late, answersOf([...effects, ...stuck]));
    if (effects.length > 0) {
      const present = (answers: ChunkOutcome['answers']) => answers.flatMap(({ recordId }) => recordId ?? []);
      const chunks = settled.map(({ seq, answers }) => ({ seq, answers, present: present(answers) }));
      await this.results.settle(manager, companyId, order, chunks);
    }
    for (const chunk of settled) await this.answers.give(order, chunk, chunk.seq);
    await work?.announce?.(manager, effects);
  }

  /** Of a statement that failed only what holds no values: they are people's data. */
  private note({ importId, seq }: ChunkOrder, error: unknown, msg: string): void {
    const found = statementError(error) ?? { err: error };
    this.logger.warn({ importId, seq, ...found, msg });
  }
}

/** What the rows of a chunk stand for, those among them that were found invalid before. */
async function presentIn(
  manager: EntityManager,
  order: ChunkOrder,
  work: ChunkWork | undefined,
  effects: readonly ChunkEffect[],
): Promise<Id[]> {
  const settled = settledRows(order);
  const ofSettled = settled.length > 0 && work ? await work.present(manager, settled) : [];
  return [...effects.flatMap(({ present }) => present), ...ofSettled];
}

/** Nothing of the chunk can be carried out, so that nobody knows for whom its settled rows stand. */
function isUnreadable(order: ChunkOrder, work: ChunkWork | undefined): boolean {
  return !work && settledRows(order).length > 0;
}

function outcomeOf(effects: readonly ChunkEffect[]): ChunkOutcome {
  return { answers: answersOf(effects), postponed: effects.flatMap(({ postponed }) => postponed) };
}

function scopeOf({ companyId, actor, traceparent, data }: EventOf<typeof importChunkOrdered>): Scope {
  return { companyId, actor, cause: `import:${data.importId}`, ...(traceparent !== undefined && { traceparent }) };
}
