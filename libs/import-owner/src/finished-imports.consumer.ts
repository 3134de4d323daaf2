import { Controller } from '@nestjs/common';
import { importFinished, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { ChunkResultRepository } from './chunk-result.repository.js';

@Controller()
export class FinishedImportsConsumer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly results: ChunkResultRepository,
  ) {}

  /** Every chunk has its answer: what people's data said in them is kept no longer. */
  @OnEvent(importFinished)
  onFinished(event: EventOf<typeof importFinished>): Promise<void> {
    return this.uow.run(event, (manager) => this.results.forget(manager, event.companyId, event.data.importId));
  }
}
