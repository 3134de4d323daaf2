import { Controller } from '@nestjs/common';
import { importFinished, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { AbsenteeRepository } from './absentees/absentee.repository.js';
import { ChunkResultRepository } from './chunk-result.repository.js';

/** An import that ended so may be resumed: its owner goes on with what waits, and knows what its rows stand for. */
const MAY_GO_ON: ReadonlySet<string> = new Set(['aborted', 'failed']);

@Controller()
export class FinishedImportsConsumer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly results: ChunkResultRepository,
    private readonly absentees: AbsenteeRepository,
  ) {}

  /** Every chunk has its answer: what people's data said in them is kept no longer, unless more of the rows may follow. */
  @OnEvent(importFinished)
  onFinished(event: EventOf<typeof importFinished>): Promise<void> {
    const { companyId, data } = event;
    const { importId, state } = data;
    return this.uow.run(event, async (manager) => {
      if (!MAY_GO_ON.has(state)) await this.results.forget(manager, companyId, importId);
      await this.absentees.forget(manager, companyId, importId);
    });
  }
}
