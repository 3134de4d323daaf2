import { Controller } from '@nestjs/common';
import { recordsRemoved, recordsTransferred, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { RecordNotes } from './record-notes.js';
import { Transfers } from './transfers.service.js';

@Controller()
export class RecordsConsumer {
  constructor(
    private readonly transfers: Transfers,
    private readonly notes: RecordNotes,
  ) {}

  @OnEvent(recordsTransferred)
  onTransferred(event: EventOf<typeof recordsTransferred>): Promise<void> {
    return this.transfers.advance(event, event.data);
  }

  @OnEvent(recordsRemoved)
  onRemoved(event: EventOf<typeof recordsRemoved>): Promise<void> {
    return this.notes.removed(event, event.data);
  }
}
