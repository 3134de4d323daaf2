import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importChunkOrdered, type Id } from '@muster/contracts';
import { BackgroundLoop, EventPublisher } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { unpackRows } from '../staging/chunk-payload.js';
import { ChunkQueueRepository, type ActiveImport, type WaitingChunk } from './chunk-queue.repository.js';

const POLL_MS = 1_000;
/** Chunks of one round, all of which are in memory at a time. */
const ROUND = 16;

/**
 * Sends chunks to their owners. The chunk table is its own outbox: a chunk is marked as sent and published in one
 * transaction, and again after a minute without an answer; the owner answers a repeat with what it answered before.
 */
@Injectable()
export class ChunkDispatcher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop = new BackgroundLoop('chunk dispatcher', POLL_MS, () => this.dispatch());
  /** When an import last got a turn. Only fairness depends on it, so a restart may forget it. */
  private readonly turns = new Map<Id, number>();
  private turn = 0;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly queue: ChunkQueueRepository,
    private readonly publisher: EventPublisher,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** There may be chunks to send, or room for more of them. */
  wake(): void {
    this.loop.wake();
  }

  /**
   * Turns of the imports, the one served longest ago first, as long as there is room in memory for what they send.
   * @returns whether some had to wait for the next round; else the next answer wakes the loop
   */
  private dispatch(): Promise<boolean> {
    return this.uow.runAsWorker(async (manager) => {
      if (!(await this.queue.lock(manager))) return false;
      const active = await this.queue.activeImports(manager);
      this.forgetAllBut(active);
      let sent = 0;
      for (const job of active.sort((a, b) => this.lastTurn(a) - this.lastTurn(b))) {
        if (sent >= ROUND) return true;
        const count = await this.sendNext(manager, job);
        if (count > 0) this.turns.set(job.id, ++this.turn);
        sent += count;
      }
      return false;
    });
  }

  private async sendNext(manager: EntityManager, job: ActiveImport): Promise<number> {
    const chunks = await this.queue.next(manager, job.id);
    if (chunks.length === 0) return 0;
    // First marked, then published: an answer that is faster than this transaction waits for it at the chunk's row.
    await this.queue.markSent(manager, job.id, chunks.map(({ seq }) => seq)); // prettier-ignore
    await this.publisher.publish(await Promise.all(chunks.map((chunk) => orderOf(job, chunk))));
    return chunks.length;
  }

  private lastTurn(job: ActiveImport): number {
    return this.turns.get(job.id) ?? 0;
  }

  private forgetAllBut(active: readonly ActiveImport[]): void {
    const ids = new Set(active.map(({ id }) => id));
    for (const id of this.turns.keys()) if (!ids.has(id)) this.turns.delete(id);
  }
}

async function orderOf(job: ActiveImport, chunk: WaitingChunk) {
  const dryRun = job.state === 'planning';
  return {
    contract: importChunkOrdered,
    companyId: job.companyId,
    actor: job.actor,
    cause: `import:${job.id}`,
    data: {
      importId: job.id,
      seq: chunk.seq,
      entity: job.entity,
      dryRun,
      restorePointId: dryRun ? null : job.runPointId,
      repId: chunk.repId,
      ...job.layout,
      rows: await unpackRows(chunk.rows),
    },
  };
}
