import { Controller } from '@nestjs/common';
import { userDeleted, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { RepData } from '../account-data/rep-data.service.js';
import { RepRecords } from './rep-records.service.js';

@Controller()
export class DeletedRepsConsumer {
  constructor(
    private readonly records: RepRecords,
    private readonly data: RepData,
  ) {}

  /** Only what somebody agreed to lose or has downloaded is deleted: records that came or changed since then stay. */
  @OnEvent(userDeleted)
  async onUserDeleted(event: EventOf<typeof userDeleted>): Promise<void> {
    const { userId: repId, discardData, downloadedDigest } = event.data;
    const secured =
      downloadedDigest !== undefined &&
      (await this.data.summary({ companyId: event.companyId, repId })).digest === downloadedDigest;
    if (discardData || secured) await this.records.remove(event, repId);
  }
}
