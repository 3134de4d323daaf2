import { Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { newId, UnitOfWork } from '@muster/persistence';
import { RECORD_TABLES } from '../records/record-tables.js';
import { RecycleBinRepository } from './recycle-bin.repository.js';
import { RecycleBin } from './recycle-bin.service.js';

const POLL_MS = 10 * 60_000;
const COMPANIES_AT_ONCE = 20;

/** Lets records leave the recycle bins when their time is over: a deletion like any other, which a restore point can undo. */
@Injectable()
export class RecycleBinSweeper extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RecycleBinRepository,
    private readonly bin: RecycleBin,
  ) {
    super('recycle-bins', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    const companies = await this.uow.runAsWorker((manager) => this.repository.companiesDue(manager, COMPANIES_AT_ONCE));
    let swept = 0;
    const due = companies.map((companyId) => ({ companyId }));
    await this.each(due, 'A recycle bin is kept for longer than it should be', async ({ companyId }) => {
      const scope = { companyId, actor: 'system', cause: `request:${newId()}` };
      // What refers to others goes before what it refers to.
      for (const table of RECORD_TABLES.toReversed()) {
        swept += await this.uow.run(scope, (manager) => this.bin.sweep(manager, companyId, table));
      }
    });
    return swept > 0;
  }
}
