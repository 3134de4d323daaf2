import { Controller } from '@nestjs/common';
import { accessLinkSettled, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { LinkTokens } from './link-tokens.js';

@Controller()
export class SettledLinksConsumer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: LinkTokens,
  ) {}

  @OnEvent(accessLinkSettled)
  onSettled(event: EventOf<typeof accessLinkSettled>): Promise<void> {
    const { data } = event;
    return this.uow.run(event, (manager) => this.tokens.settle(manager, data.linkId, data, new Date(event.time)));
  }
}
