import { Controller } from '@nestjs/common';
import { importAbsenteesOrdered, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { Absentees } from './absentees.service.js';

@Controller()
export class AbsenteesConsumer {
  constructor(private readonly absentees: Absentees) {}

  // A repeat goes on where the last one ended and answers alike; one lost would block the import.
  @OnEvent(importAbsenteesOrdered, { inbox: false, deadLetter: false })
  onOrdered(event: EventOf<typeof importAbsenteesOrdered>): Promise<void> {
    return this.absentees.handle(event);
  }
}
