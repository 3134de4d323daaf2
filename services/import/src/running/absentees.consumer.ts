import { Controller } from '@nestjs/common';
import { importAbsenteesAnswered, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { AbsenteeAnswers } from './absentee-answers.service.js';

@Controller()
export class AbsenteesConsumer {
  constructor(private readonly answered: AbsenteeAnswers) {}

  @OnEvent(importAbsenteesAnswered)
  onAnswered(event: EventOf<typeof importAbsenteesAnswered>): Promise<void> {
    return this.answered.take(event, event.data);
  }
}
