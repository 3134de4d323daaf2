import { Controller } from '@nestjs/common';
import { importAbsenteesOrdered, ownerOfEntity, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { AbsentAccounts } from './absent-accounts.service.js';

@Controller()
export class AbsentAccountsConsumer {
  constructor(private readonly absent: AbsentAccounts) {}

  // A repeat finds nobody who is absent any more and answers alike; one lost would block the import.
  @OnEvent(importAbsenteesOrdered, { inbox: false, deadLetter: false })
  async onOrdered(event: EventOf<typeof importAbsenteesOrdered>): Promise<void> {
    if (ownerOfEntity(event.data.entity) === 'user-admin') await this.absent.deactivate(event, event.data);
  }
}
