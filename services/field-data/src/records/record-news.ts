import { Injectable } from '@nestjs/common';
import { recordsChanged, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';

interface Changed {
  readonly created?: readonly Id[];
  readonly updated?: readonly Id[];
  readonly removed?: readonly Id[];
}

/** Tells of changed records of one rep, in the unit of work that changes them. */
@Injectable()
export class RecordNews {
  constructor(private readonly outbox: Outbox) {}

  async tell(entity: string, repId: Id, { created = [], updated = [], removed = [] }: Changed): Promise<void> {
    if (created.length + updated.length + removed.length === 0) return;
    const data = { entity, repId, created: [...created], updated: [...updated], removed: [...removed] };
    await this.outbox.publish(recordsChanged, data);
  }
}
