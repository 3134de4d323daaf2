import { Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { ImportRepository } from '../imports/import.repository.js';
import { allows } from '../imports/import-state.js';
import { Ending } from '../running/ending.js';
import { UploadReader } from '../uploads/upload-reader.js';
import { RetentionRepository, type Expired } from './retention.repository.js';

const POLL_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** How long files and rows are kept after the last import of them has ended. What an import counted stays. */
const KEPT_DAYS = 30;
/** How long a draft waits for somebody to go on with it. */
const IDLE_DAYS = 7;
const AT_ONCE = 100;

const KEPT = 'An import or its file is kept for longer than it should be';

/** Closes drafts that nobody goes on with, and removes files and rows when their time is over. */
@Injectable()
export class Retention extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RetentionRepository,
    private readonly imports: ImportRepository,
    private readonly ending: Ending,
    private readonly files: UploadReader,
  ) {
    super('retention of imports', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    return (await this.clean(new Date())) >= AT_ONCE;
  }

  /** @returns how many imports were closed and files removed */
  async clean(now: Date): Promise<number> {
    const idleBefore = new Date(now.getTime() - IDLE_DAYS * DAY_MS);
    const keptSince = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
    const { drafts, uploads, givenUp } = await this.uow.runAsWorker(async (manager) => ({
      drafts: await this.repository.idleDrafts(manager, idleBefore, AT_ONCE),
      uploads: await this.repository.expiredUploads(manager, keptSince, AT_ONCE),
      givenUp: await this.repository.givenUp(manager, new Date(now.getTime() - DAY_MS)),
    }));
    // The process that gave them up may have died before it removed them.
    await this.each(givenUp, KEPT, ({ companyId, id }) => this.files.discard(companyId, id));
    const closed = await this.each(drafts, KEPT, (draft) => this.close(draft, idleBefore));
    return closed + (await this.each(uploads, KEPT, (upload) => this.remove(upload, keptSince, now)));
  }

  private close({ id, companyId }: Expired, before: Date): Promise<void> {
    return this.uow.run(scopeOf(companyId, `import:${id}`), async (manager) => {
      const job = await this.imports.getLocked(manager, id);
      if (allows(job.state, 'cancel') && job.changedAt < before) await this.ending.end(manager, job, 'cancelled', null);
    });
  }

  private async remove({ id, companyId }: Expired, before: Date, now: Date): Promise<void> {
    const scope = scopeOf(companyId, `upload:${id}`);
    const isGivenUp = await this.uow.run(scope, (manager) => this.repository.giveUp(manager, id, before, now));
    if (isGivenUp) await this.files.discard(companyId, id);
  }
}

function scopeOf(companyId: string, cause: Scope['cause']): Scope {
  return { companyId, actor: 'system', cause };
}
