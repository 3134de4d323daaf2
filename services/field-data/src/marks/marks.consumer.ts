import { Controller } from '@nestjs/common';
import { restorePointMarked, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { Marks } from './marks.service.js';

@Controller()
export class MarksConsumer {
  constructor(private readonly marks: Marks) {}

  @OnEvent(restorePointMarked)
  onMarked(event: EventOf<typeof restorePointMarked>): Promise<void> {
    return this.marks.follow(event, event.data);
  }
}
