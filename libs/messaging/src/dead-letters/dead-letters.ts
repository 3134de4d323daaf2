import { Injectable } from '@nestjs/common';
import type { Id } from '@muster/contracts';
import { EventProcessor } from '../consuming/event-processor.js';
import { DeadLetterRepository, type DeadLetter } from './dead-letter.repository.js';

export interface DeadLetterPage {
  readonly items: DeadLetter[];
  /** Hand it back for the next page; null on the last one. */
  readonly nextCursor: Id | null;
}

/** There is no such dead letter, or it has been replayed. */
export class UnknownDeadLetter extends Error {
  override readonly name = 'UnknownDeadLetter';
}

/** The events that a service could not handle. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly letters: DeadLetterRepository,
    private readonly processor: EventProcessor,
  ) {}

  /** Newest first. @param page `cursor`: that of the page before */
  async list({ limit, cursor }: { limit: number; cursor?: Id | undefined }): Promise<DeadLetterPage> {
    const found = await this.letters.list(limit + 1, cursor);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /**
   * Hands the event to its handler again, once, by the same path. It stays a dead letter when that fails.
   * @throws UnknownDeadLetter
   * @throws what the handler threw
   */
  async replay(id: Id): Promise<void> {
    const letter = await this.letters.find(id);
    if (!letter) throw new UnknownDeadLetter(id);
    const subscription = this.processor.subscriptions.named(letter.consumer);
    if (!subscription) throw new UnknownDeadLetter(`${id}: there is no consumer ${letter.consumer} any more`);
    try {
      await this.processor.attempt(subscription, letter);
    } catch (error) {
      await this.letters.noteReplay(id, error);
      throw error;
    }
    await this.letters.noteReplay(id, undefined);
  }

  /** Those that wait for a replay. */
  count(): Promise<number> {
    return this.letters.count();
  }
}
