import { Controller } from '@nestjs/common';
import { userDeleted, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { RepRecords } from './rep-records.service.js';

@Controller()
export class DeletedRepsConsumer {
  constructor(private readonly records: RepRecords) {}

  /** Only what somebody agreed to lose is deleted: records that came since the question stay. */
  @OnEvent(userDeleted)
  async onUserDeleted(event: EventOf<typeof userDeleted>): Promise<void> {
    if (event.data.discardData) await this.records.remove(event, event.data.userId);
  }
}
