import { Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { RecordNews } from '../records/record-news.js';
import { tableOfEntity } from '../records/record-tables.js';
import { CustomFieldRemovalRepository, type DueRemoval } from './custom-field-removal.repository.js';

const POLL_MS = 10_000;
const FIELDS_AT_ONCE = 20;
const RECORDS_A_STEP = 1_000;

/**
 * Takes the values of deleted fields out of records. A step is one unit of work, so a process may die, and nothing is told
 * that was not done. Nobody sees the values meanwhile: whoever reads them goes by the fields that there are.
 */
@Injectable()
export class CustomFieldRemovals extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly removals: CustomFieldRemovalRepository,
    private readonly news: RecordNews,
  ) {
    super('custom-field-removals', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    const due = await this.uow.runAsWorker((manager) => this.removals.due(manager, FIELDS_AT_ONCE));
    return (await this.each(due, 'Values of a deleted field are still there', (removal) => this.step(removal))) > 0;
  }

  private step(due: DueRemoval): Promise<void> {
    return this.uow.run(due, async (manager) => {
      const removal = await this.removals.lock(manager, due.removalId);
      if (!removal) return;
      const table = tableOfEntity(removal.entity);
      const { looked, changed } = await this.removals.next(manager, table, removal, RECORDS_A_STEP);
      for (const repId of new Set(changed.map((record) => record.repId))) {
        const updated = changed.filter((record) => record.repId === repId).map(({ id }) => id);
        await this.news.tell(removal.entity, repId, { updated });
      }
      const last = looked.at(-1);
      if (last === undefined || looked.length < RECORDS_A_STEP) await this.removals.end(manager, removal.id);
      else await this.removals.advance(manager, removal.id, last);
    });
  }
}
