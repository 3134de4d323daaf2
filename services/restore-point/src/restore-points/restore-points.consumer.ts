import { Controller } from '@nestjs/common';
import { importFinished, importRestorePointRequested, restorePointMarked, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { Marking } from './marking.service.js';

@Controller()
export class RestorePointsConsumer {
  constructor(private readonly marking: Marking) {}

  @OnEvent(importRestorePointRequested)
  onRequested(event: EventOf<typeof importRestorePointRequested>): Promise<void> {
    return this.marking.makeForImport(event, event.data);
  }

  @OnEvent(restorePointMarked)
  onMarked(event: EventOf<typeof restorePointMarked>): Promise<void> {
    return this.marking.takeMark(event, event.data);
  }

  @OnEvent(importFinished)
  onFinished(event: EventOf<typeof importFinished>): Promise<void> {
    return this.marking.closeOfImport(event, event.data);
  }
}
