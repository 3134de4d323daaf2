import { Controller } from '@nestjs/common';
import { importAbsenteesOrdered, ownerOfEntity, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { AbsentAccounts } from './absent-accounts.service.js';

@Controller()
export class AbsentAccountsConsumer {
  constructor(private readonly absent: AbsentAccounts) {}

  @OnEvent(importAbsenteesOrdered)
  async onOrdered(event: EventOf<typeof importAbsenteesOrdered>): Promise<void> {
    if (ownerOfEntity(event.data.entity) === 'user-admin') await this.absent.deactivate(event, event.data);
  }
}
