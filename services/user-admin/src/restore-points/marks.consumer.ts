import { Controller } from '@nestjs/common';
import { restorePointRequested, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { Marks } from './marks.service.js';

@Controller()
export class MarksConsumer {
  constructor(private readonly marks: Marks) {}

  @OnEvent(restorePointRequested)
  onRequested(event: EventOf<typeof restorePointRequested>): Promise<void> {
    return this.marks.set(event, event.data.restorePointId);
  }
}
