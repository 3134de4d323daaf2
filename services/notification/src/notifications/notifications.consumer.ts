import { Controller } from '@nestjs/common';
import { importAwaitsApproval, importFinished, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { NotificationsService } from './notifications.service.js';

@Controller()
export class NotificationsConsumer {
  constructor(private readonly notifications: NotificationsService) {}

  @OnEvent(importFinished)
  onImportFinished(event: EventOf<typeof importFinished>): Promise<void> {
    return this.notifications.tellOfImport(event, event.data);
  }

  // Who they are is asked first, outside of any unit of work; of each import a person is told once, however often it comes.
  @OnEvent(importAwaitsApproval, { inbox: false })
  onImportAwaitsApproval(event: EventOf<typeof importAwaitsApproval>): Promise<void> {
    return this.notifications.tellAdministrators(event, event.data);
  }
}
