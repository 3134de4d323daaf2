import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { checkVersion, toPage, type Caller, type Page } from '@muster/platform';
import type { RecordTable } from '../records/record-table.js';
import { RecordNews } from '../records/record-news.js';
import { RecordSight } from '../records/record-sight.js';
import { RepSchedules } from '../schedules/rep-schedules.service.js';
import { CompanyTables } from './company-tables.js';
import type { ListRecordsQuery } from './list-records.dto.js';
import { cursorOf, listRequest } from './list-filter.js';
import { NamedReferences } from './named-references.js';
import { objectOf, readRep, readSwitch } from './record-body.js';
import type { RecordDto } from './record.dto.js';
import type { RecordKind } from './record-kind.js';
import { RecordPages } from './record-page.repository.js';
import { recordDto, type RecordRow } from './record-row.js';
import { RecordWriter } from './record-writer.js';

/** Records one by one, by the rules of an import. What a caller does not see is unknown to the caller. */
@Injectable()
export class RecordsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sight: RecordSight,
    private readonly tables: CompanyTables,
    private readonly pages: RecordPages,
    private readonly references: NamedReferences,
    private readonly writer: RecordWriter,
    private readonly schedules: RepSchedules,
    private readonly news: RecordNews,
  ) {}

  /** @throws Problem invalid_cursor */
  async list(kind: RecordKind, caller: Caller, query: ListRecordsQuery): Promise<Page<RecordDto>> {
    const request = listRequest(query, await this.sight.of(caller));
    return this.uow.run(caller, async (manager) => {
      const table = await this.tables.of(manager, kind);
      const rows = await this.pages.list(manager, table, caller.companyId, request);
      const page = toPage(rows, query.limit, (row) =>
        cursorOf({ id: row.id, updatedAt: row.updatedAtExact }, request.order),
      );
      const named = await this.references.of(manager, table, page.items);
      return { ...page, items: page.items.map((row) => recordDto(row, table, named)) };
    });
  }

  /** @throws Problem customer_not_found and the like */
  async get(kind: RecordKind, caller: Caller, id: string): Promise<RecordDto> {
    const reach = await this.sight.of(caller);
    return this.uow.run(caller, async (manager) => this.answer(manager, await this.tables.of(manager, kind), kind, id, reach)); // prettier-ignore
  }

  /** @throws Problem validation_failed, rep_unknown, external_id_taken */
  async create(kind: RecordKind, caller: Caller, request: unknown): Promise<RecordDto> {
    const { repId: rep, ...body } = objectOf(request);
    const updateLastCalls = takeSwitch(kind, body, 'updateLastCalls');
    const plan = async (manager: EntityManager, repId: Id | undefined) => {
      const table = await this.tables.of(manager, kind);
      return { table, values: await this.writer.planCreation(manager, table, caller, repId, body) };
    };
    // Whatever is wrong with the fields is said before anybody is asked about the rep.
    await this.uow.run(caller, (manager) => plan(manager, undefined));
    const repId = readRep(rep);
    await this.sight.requireRep(caller, repId);
    const id = newId();
    return this.uow.run(caller, async (manager) => {
      await this.schedules.require(manager, { companyId: caller.companyId, repId });
      const { table, values } = await plan(manager, repId);
      const called = await this.writer.insert(manager, table, caller, repId, { id, values }, updateLastCalls);
      await this.news.tell(table.schema.name, repId, { created: [id] });
      await this.news.tell('customer', repId, { updated: called });
      return this.answer(manager, table, kind, id, null);
    });
  }

  /** @throws Problem customer_not_found and the like, version_conflict, validation_failed, external_id_fixed, external_id_taken */
  async change(
    kind: RecordKind,
    caller: Caller,
    id: string,
    expected: number | undefined,
    patch: unknown,
  ): Promise<RecordDto> {
    const body = objectOf(patch);
    const reach = await this.sight.of(caller);
    return this.uow.run(caller, async (manager) => {
      const table = await this.tables.of(manager, kind);
      const row = await this.require(manager, table, kind, id, reach, true);
      checkVersion(expected, row.version);
      const isChanged = await this.writer.update(manager, table, caller, row, body);
      if (isChanged) await this.news.tell(table.schema.name, row.repId, { updated: [row.id] });
      return this.answer(manager, table, kind, id, null);
    });
  }

  /** Puts it into the recycle bin. @throws Problem customer_not_found and the like, version_conflict */
  async remove(kind: RecordKind, caller: Caller, id: string, expected: number | undefined): Promise<void> {
    const reach = await this.sight.of(caller);
    const { table } = kind;
    await this.uow.run(caller, async (manager) => {
      const row = await this.require(manager, table, kind, id, reach, true);
      checkVersion(expected, row.version);
      await this.pages.bin(manager, table, row.id);
      await this.news.tell(table.schema.name, row.repId, { removed: [row.id] });
    });
  }

  private async answer(
    manager: EntityManager,
    table: RecordTable,
    kind: RecordKind,
    id: string,
    reach: readonly Id[] | null,
  ): Promise<RecordDto> {
    const row = await this.require(manager, table, kind, id, reach);
    return recordDto(row, table, await this.references.of(manager, table, [row]));
  }

  private async require(
    manager: EntityManager,
    table: RecordTable,
    { notFound }: RecordKind,
    id: string,
    reach: readonly Id[] | null,
    lock = false,
  ): Promise<RecordRow> {
    const row = isId(id) && (await this.pages.find(manager, table, id, reach, lock));
    if (!row) throw new Problem(notFound);
    return row;
  }
}

/** Takes a property that is no field out of a body, where the kind has it. */
function takeSwitch({ switches }: RecordKind, body: Record<string, unknown>, name: string): boolean {
  if (!switches.includes(name)) return false;
  const value = readSwitch(name, body[name]);
  Reflect.deleteProperty(body, name);
  return value;
}
