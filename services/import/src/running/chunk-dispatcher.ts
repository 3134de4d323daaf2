import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importAbsenteesOrdered, importChunkOrdered, importRestorePointRequested, type Id } from '@muster/contracts';
import { BackgroundTask, EventPublisher } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { reachesAcrossReps } from '../staging/chunk-layout.js';
import { packRows, unpackRows } from '../staging/chunk-payload.js';
import { AbsenteeQueueRepository, type AbsenteesToOrder } from '../absentees/absentee-queue.repository.js';
import { onlyStands } from '../absentees/absentee-rules.js';
import { ChunkQueueRepository, type ActiveImport, type WaitingChunk } from './chunk-queue.repository.js';

const POLL_MS = 1_000;

/**
 * Sends chunks to their owners. The chunk table is its own outbox: a chunk is marked as sent and published in one
 * transaction, and again after a minute without an answer; the owner answers a repeat with what it answered before.
 */
@Injectable()
export class ChunkDispatcher extends BackgroundTask {
  /** When an import last got a turn. Only fairness depends on it, so a restart may forget it. */
  private readonly turns = new Map<Id, number>();
  private turn = 0;
  private readonly woken = new Set<Id>();
  private nextRound = 0;
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queue: ChunkQueueRepository,
    private readonly absentees: AbsenteeQueueRepository,
    private readonly publisher: EventPublisher,
  ) {
    super('chunk dispatcher', POLL_MS);
  }

  /** There may be chunks of the import to send, or room for more of them. */
  wakeFor(id: Id): void {
    this.woken.add(id);
    this.wake();
  }

  /**
   * A turn of each import that was woken, once a second of all, the one served longest ago first. Each has a transaction of
   * its own, and its failure stays its own: what is wrong with one holds up no other. The next answer wakes the loop, so
   * there is never more to do at once.
   */
  protected async work(): Promise<boolean> {
    for (const id of (await this.due()).sort((a, b) => this.lastTurn(a) - this.lastTurn(b))) {
      try {
        await this.uow.runAsWorker((manager) => this.serve(manager, id));
      } catch (error) {
        this.logger.warn({ importId: id, msg: 'The chunks of an import cannot be sent; tried again', err: error });
      }
      this.turns.set(id, ++this.turn);
    }
    return false;
  }

  private async due(): Promise<Id[]> {
    const woken = [...this.woken];
    this.woken.clear();
    if (woken.length > 0 && Date.now() < this.nextRound) return woken;
    const active = await this.uow.runAsWorker((manager) => this.queue.activeImports(manager));
    this.nextRound = Date.now() + POLL_MS;
    this.forgetAllBut(new Set(active));
    return active;
  }

  private async serve(manager: EntityManager, id: Id): Promise<void> {
    const job = await this.queue.take(manager, id);
    if (!job) return;
    if (job.state === 'running' && !job.pointReady) return this.askAgain(manager, job);
    // First marked, then published: an answer that is faster than this transaction waits for it at the import's row.
    const chunks = await this.queue.sendNext(manager, job);
    if (chunks.length > 0) return this.publisher.publish(await Promise.all(chunks.map((chunk) => orderOf(job, chunk))));
    const last = job.state === 'running' ? await this.queue.sendLast(manager, job) : undefined;
    if (last !== undefined) return this.publisher.publish([lastOrderOf(job, last)]);
    if (job.planId === null) return;
    const absentees = await this.absentees.send(manager, id, job.aborting);
    await this.publisher.publish(absentees.map((order) => absenteesOrderOf(job, order)));
  }

  /** The request for the restore point, or its answer, got lost. A repeat asks for the same point. */
  private async askAgain(manager: EntityManager, job: ActiveImport): Promise<void> {
    const { id: importId, companyId, actor, entity, fileName, runs: run, runPointId: restorePointId } = job;
    if (restorePointId === null) return;
    await this.queue.noteAsked(manager, importId);
    const data = { importId, restorePointId, run, entity, fileName };
    const cause = `import:${importId}`;
    await this.publisher.publish([{ contract: importRestorePointRequested, companyId, actor, cause, data }]);
  }

  private lastTurn(id: Id): number {
    return this.turns.get(id) ?? 0;
  }

  private forgetAllBut(active: ReadonlySet<Id>): void {
    for (const id of this.turns.keys()) if (!active.has(id)) this.turns.delete(id);
  }
}

/** The rows go as they were staged; of those that come to nothing the plan of a sync asks for whom they stand. */
async function orderOf(job: ActiveImport, chunk: WaitingChunk) {
  const { seq, repId, rows, standing } = chunk;
  const bare = bareOrder(job, seq);
  const order = { ...bare, data: { ...bare.data, repId } };
  if (job.state === 'planning' && onlyStands({ ...chunk, userId: repId })) {
    return { ...order, packed: { settled: standing ? await joinRows(rows, standing) : rows } };
  }
  const settled = job.planId === null ? null : standing;
  return { ...order, packed: { rows, ...(settled && { settled }) } };
}

async function joinRows(...payloads: readonly Buffer[]): Promise<Buffer> {
  const rows = (await Promise.all(payloads.map(unpackRows))).flat();
  return packRows(rows.map((row) => JSON.stringify(row)));
}

/** The owner has the rows that wait. */
function lastOrderOf(job: ActiveImport, seq: number) {
  const order = bareOrder(job, seq);
  return { ...order, data: { ...order.data, last: true as const } };
}

function absenteesOrderOf(
  { id: importId, companyId, actor, entity, state, planId, layout, runPointId }: ActiveImport,
  { repId, most }: AbsenteesToOrder,
) {
  const data = {
    ...{ importId, entity, repId, most },
    ...(planId !== null && { planId }),
    ...(state === 'planning' && { dryRun: true as const }),
    ...(reachesAcrossReps(layout) && { acrossReps: true as const }),
    restorePointId: state === 'planning' ? null : runPointId,
  };
  return { contract: importAbsenteesOrdered, companyId, actor, cause: `import:${importId}`, data };
}

function bareOrder(job: ActiveImport, seq: number) {
  const dryRun = job.state === 'planning';
  return {
    contract: importChunkOrdered,
    companyId: job.companyId,
    actor: job.actor,
    cause: `import:${job.id}`,
    data: {
      importId: job.id,
      seq,
      entity: job.entity,
      dryRun,
      restorePointId: dryRun ? null : job.runPointId,
      repId: null,
      ...job.layout,
      ...(dryRun && job.planId !== null && { planId: job.planId }),
      rows: [],
    },
  };
}
