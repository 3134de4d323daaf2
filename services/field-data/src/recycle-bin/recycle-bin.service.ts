import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { toPage, type Caller, type Page } from '@muster/platform';
import { RecordNews } from '../records/record-news.js';
import { RecordRepository } from '../records/record.repository.js';
import { RecordSight } from '../records/record-sight.js';
import type { RecordTable } from '../records/record-table.js';
import { RepSchedulesRepository } from '../schedules/rep-schedules.repository.js';
import { binCause, binFilter, binPlace, leavesAt, selectedOf, type BinFilter, type BinPlace } from './bin-selection.js';
import { refusalOf, restorable, type Candidate, type Obstacles } from './plan-restoring.js';
import type {
  BinnedRecordDto,
  ListRecycleBinQuery,
  PurgedDto,
  RecycleBinSelection,
  RestoredDto,
} from './recycle-bin.dto.js';
import { RecycleBinRepository, type BinnedRow } from './recycle-bin.repository.js';

const RECORDS_A_STEP = 1_000;
/** Of one request by a filter: it answers within seconds, and says whether there is more. */
const RECORDS_AT_ONCE = 10_000;

/** What is done with some chosen records. @returns with how many of them it was */
type Step = (manager: EntityManager, table: RecordTable, chosen: readonly Candidate[]) => Promise<number>;

@Injectable()
export class RecycleBin {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sight: RecordSight,
    private readonly bin: RecycleBinRepository,
    private readonly records: RecordRepository,
    private readonly schedules: RepSchedulesRepository,
    private readonly news: RecordNews,
  ) {}

  /** @throws Problem invalid_cursor */
  async list(caller: Caller, query: ListRecycleBinQuery): Promise<Page<BinnedRecordDto>> {
    const after = binPlace(query.cursor);
    const filter = binFilter(query, await this.sight.of(caller));
    const rows = await this.uow.run(caller, (manager) =>
      this.bin.list(manager, caller.companyId, filter, after, query.limit + 1),
    );
    const page = toPage(rows, query.limit, ({ deletedAtExact, id }) => [deletedAtExact, id]);
    return { ...page, items: page.items.map(binnedDto) };
  }

  /**
   * Records that are named come back all or none; of those that a filter lets pass what is in nobody's way.
   * @throws Problem records_not_chosen; external_id_taken, rep_unknown for named ones
   */
  async restore(caller: Caller, selection: RecycleBinSelection): Promise<RestoredDto> {
    const filter = selectedOf(selection, await this.sight.of(caller));
    const { ids } = filter;
    const done = await this.inSteps(caller, filter, async (manager, table, candidates) => {
      const obstacles = await this.obstacles(manager, caller.companyId, table, candidates);
      const refusal = ids && refusalOf(selection.ids ?? ids, candidates, obstacles, caller.language);
      if (refusal) throw refusal;
      const restored = restorable(candidates, obstacles);
      if (restored.length === 0) return 0;
      const records = restored.map(({ id }) => ({ id, values: {} }));
      await this.records.update(manager, table, [], records);
      await this.tell(table, restored, 'updated');
      return restored.length;
    });
    return { restored: done.count, more: done.more };
  }

  /** Deletes records for good, with their history. @throws Problem records_not_chosen */
  async purge(caller: Caller, selection: RecycleBinSelection): Promise<PurgedDto> {
    const filter = selectedOf(selection, await this.sight.of(caller));
    const done = await this.inSteps(caller, filter, async (manager, table, candidates) => {
      await this.removeFor(manager, table, candidates, true);
      return candidates.length;
    });
    return { purged: done.count, more: done.more };
  }

  /** Deletes what has been there for long enough; change logs keep it. @returns how many records it deleted */
  sweep(manager: EntityManager, companyId: Id, table: RecordTable): Promise<number> {
    return this.bin.due(manager, table, companyId, RECORDS_A_STEP).then(async (due) => {
      await this.removeFor(manager, table, due, false);
      return due.length;
    });
  }

  /** What is named is done in one unit of work, else each step is one. */
  private async inSteps(caller: Caller, filter: BinFilter, step: Step): Promise<{ count: number; more: boolean }> {
    const { ids, repIds, kinds } = filter;
    if (repIds?.length === 0) return { count: 0, more: false };
    const take = async (manager: EntityManager, table: RecordTable, after: BinPlace | undefined) => {
      const chosen = await this.bin.choose(manager, table, caller.companyId, filter, after, RECORDS_A_STEP);
      return {
        done: await step(manager, table, chosen),
        last: chosen.length === RECORDS_A_STEP ? chosen.at(-1) : undefined,
      };
    };
    const all = async (run: <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>) => {
      let count = 0;
      for (const { table } of kinds) {
        let after: BinPlace | undefined;
        do {
          const from = after;
          const { done, last } = await run((manager) => take(manager, table, from));
          count += done;
          after = last;
          if (count >= RECORDS_AT_ONCE && !ids) return { count, more: true };
        } while (after);
      }
      return { count, more: false };
    };
    if (ids) return this.uow.run(caller, (manager) => all((work) => work(manager)));
    return all((work) => this.uow.run(caller, work));
  }

  private async obstacles(
    manager: EntityManager,
    companyId: Id,
    table: RecordTable,
    candidates: readonly Candidate[],
  ): Promise<Obstacles> {
    const repIds = [...new Set(candidates.map((candidate) => candidate.repId))];
    await this.schedules.holdAll(manager, repIds);
    const over = new Set(await this.schedules.whichAreOver(manager, companyId, repIds));
    return { taken: await this.bin.taken(manager, table, candidates), over };
  }

  private async removeFor(
    manager: EntityManager,
    table: RecordTable,
    candidates: readonly Candidate[],
    forget: boolean,
  ): Promise<void> {
    if (candidates.length === 0) return;
    await this.bin.remove(manager, table, candidates.map(({ id }) => id), forget); // prettier-ignore
    await this.tell(table, candidates, 'removed');
  }

  private async tell(table: RecordTable, of: readonly Candidate[], what: 'updated' | 'removed'): Promise<void> {
    for (const repId of new Set(of.map((candidate) => candidate.repId))) {
      const ids = of.filter((candidate) => candidate.repId === repId).map(({ id }) => id);
      await this.news.tell(table.schema.name, repId, { [what]: ids });
    }
  }
}

function binnedDto(row: BinnedRow): BinnedRecordDto {
  const { id, entity, repId, externalId, title, deletedAt } = row;
  return {
    id,
    entity,
    repId,
    externalId,
    title,
    ...binCause(row.deletedCause),
    deletedAt,
    leavesAt: leavesAt(deletedAt),
  };
}
