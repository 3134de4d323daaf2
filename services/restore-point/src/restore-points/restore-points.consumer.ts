import { Controller } from '@nestjs/common';
import {
  importFinished,
  importPaused,
  importRestorePointRequested,
  restorePointMarked,
  restorePointTaken,
  userDeleted,
  type EventOf,
} from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { Marking } from './marking.service.js';

@Controller()
export class RestorePointsConsumer {
  constructor(private readonly marking: Marking) {}

  @OnEvent(importRestorePointRequested)
  onRequested(event: EventOf<typeof importRestorePointRequested>): Promise<void> {
    return this.marking.makeForImport(event, event.data);
  }

  @OnEvent(restorePointTaken)
  onTaken(event: EventOf<typeof restorePointTaken>): Promise<void> {
    return this.marking.note(event, event.data);
  }

  @OnEvent(userDeleted)
  onUserDeleted(event: EventOf<typeof userDeleted>): Promise<void> {
    return this.marking.forgetName(event, event.data.userId);
  }

  @OnEvent(restorePointMarked)
  onMarked(event: EventOf<typeof restorePointMarked>): Promise<void> {
    return this.marking.takeMark(event, event.data);
  }

  @OnEvent(importPaused)
  onPaused(event: EventOf<typeof importPaused>): Promise<void> {
    return this.marking.closeOfImport(event, event.data);
  }

  @OnEvent(importFinished)
  onFinished(event: EventOf<typeof importFinished>): Promise<void> {
    return this.marking.closeOfImport(event, event.data);
  }
}
