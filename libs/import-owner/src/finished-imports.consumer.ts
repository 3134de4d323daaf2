import { Controller } from '@nestjs/common';
import { importFinished, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { AbsenteeRepository } from './absentees/absentee.repository.js';
import { ChunkResultRepository } from './chunk-result.repository.js';

@Controller()
export class FinishedImportsConsumer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly results: ChunkResultRepository,
    private readonly absentees: AbsenteeRepository,
  ) {}

  /** Every chunk has its answer: what people's data said in them is kept no longer. */
  @OnEvent(importFinished)
  onFinished(event: EventOf<typeof importFinished>): Promise<void> {
    const { companyId, data } = event;
    return this.uow.run(event, async (manager) => {
      await this.results.forget(manager, companyId, data.importId);
      await this.absentees.forget(manager, companyId, data.importId);
    });
  }
}
