import { Controller } from '@nestjs/common';
import { restorePointReady, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { RestorePointReady } from './restore-point-ready.service.js';

@Controller()
export class RestorePointConsumer {
  constructor(private readonly ready: RestorePointReady) {}

  @OnEvent(restorePointReady)
  onReady(event: EventOf<typeof restorePointReady>): Promise<void> {
    return this.ready.letRun(event, event.data);
  }
}
