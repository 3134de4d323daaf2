import { Controller } from '@nestjs/common';
import { importFinished, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { NotificationsService } from './notifications.service.js';

@Controller()
export class NotificationsConsumer {
  constructor(private readonly notifications: NotificationsService) {}

  @OnEvent(importFinished)
  onImportFinished(event: EventOf<typeof importFinished>): Promise<void> {
    return this.notifications.tellOfImport(event, event.data);
  }
}
