import { Controller } from '@nestjs/common';
import { userDeleted, userScheduleRemoved, userUpdated, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { RepSchedules } from './rep-schedules.service.js';

@Controller()
export class RepSchedulesConsumer {
  constructor(private readonly schedules: RepSchedules) {}

  @OnEvent(userScheduleRemoved)
  onScheduleRemoved(event: EventOf<typeof userScheduleRemoved>): Promise<void> {
    return this.schedules.remove(event, event.data);
  }

  // Of a hundred thousand accounts with another phone number it concerns none.
  @OnEvent(userUpdated, {
    concerns: ({ changed, hasOwnSchedule }) => hasOwnSchedule && changed.includes('hasOwnSchedule'),
  })
  onUserUpdated(event: EventOf<typeof userUpdated>): Promise<void> {
    return this.schedules.set(event, event.data.userId, event.data.version, false);
  }

  @OnEvent(userDeleted)
  onUserDeleted(event: EventOf<typeof userDeleted>): Promise<void> {
    return this.schedules.set(event, event.data.userId, event.data.version, true);
  }
}
