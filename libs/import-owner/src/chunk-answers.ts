import { Injectable } from '@nestjs/common';
import { importChunkAnswered } from '@muster/contracts';
import { InvalidEvent, Outbox } from '@muster/messaging';
import type { ChunkOrder } from './chunk-order.js';
import type { ChunkOutcome } from './chunk-result.repository.js';

/** Tells the import what became of a chunk; released when the unit of work commits. */
@Injectable()
export class ChunkAnswers {
  constructor(private readonly outbox: Outbox) {}

  /** @param seq of the chunk: the last order answers for others than itself */
  async give(order: ChunkOrder, { answers, postponed, unreadable }: ChunkOutcome, seq = order.seq): Promise<void> {
    const data = {
      ...this.about(order, seq),
      ...(unreadable && { unreadable: true as const }),
      ...(postponed.length > 0 && { postponed: postponed.map(({ row }) => row) }),
    };
    try {
      await this.outbox.publish(importChunkAnswered, { ...data, answers: [...answers] });
    } catch (error) {
      if (!(error instanceof InvalidEvent)) throw error;
      // Too large for one event: it goes without the old and new values.
      const bare = answers.map((answer) => ({ ...answer, changes: undefined }));
      await this.outbox.publish(importChunkAnswered, { ...data, answers: bare });
    }
  }

  /** Nothing of the order was carried out, nor will be. */
  async refuse(order: ChunkOrder): Promise<void> {
    const data = { ...this.about(order, order.seq), answers: [] };
    await this.outbox.publish(importChunkAnswered, { ...data, refusal: 'restore_point_void' });
  }

  private about({ importId, dryRun, restorePointId }: ChunkOrder, seq: number) {
    return { importId, seq, dryRun, ...(restorePointId !== null && { restorePointId }) };
  }
}
