import { Controller } from '@nestjs/common';
import { userTransferOrdered, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { RecordOrders } from './record-orders.service.js';

@Controller()
export class RecordOrdersConsumer {
  constructor(private readonly orders: RecordOrders) {}

  @OnEvent(userTransferOrdered)
  onTransferOrdered(event: EventOf<typeof userTransferOrdered>): Promise<void> {
    return this.orders.transfer(event, event.data);
  }
}
