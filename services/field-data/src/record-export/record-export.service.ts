import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { findReps, Problem, type Id, type RepAccount } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { Questions, sendTable, SHEET_LIMIT, type Caller } from '@muster/platform';
import type { OutputRow } from '@muster/tabular';
import { CompanyTables } from '../record-api/company-tables.js';
import { listRequest, type ListPlace, type ListRequest } from '../record-api/list-filter.js';
import { NamedReferences } from '../record-api/named-references.js';
import type { RecordKind } from '../record-api/record-kind.js';
import { RecordPages } from '../record-api/record-page.repository.js';
import type { RecordRow } from '../record-api/record-row.js';
import { RecordSight } from '../records/record-sight.js';
import type { RecordTable } from '../records/record-table.js';
import { exportColumns, type ExportColumn } from './export-columns.js';
import type { ExportRecordsQuery } from './export-records.dto.js';

/** As many reps as one question takes. */
const PAGE = 1_000;

interface Selection {
  readonly table: RecordTable;
  readonly columns: readonly ExportColumn[];
  readonly request: Omit<ListRequest, 'after'>;
}

@Injectable()
export class RecordExport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly questions: Questions,
    private readonly sight: RecordSight,
    private readonly tables: CompanyTables,
    private readonly lists: RecordPages,
    private readonly references: NamedReferences,
  ) {}

  /**
   * Sends records as a table. Each page is a unit of work of its own, so that a slow client holds no connection.
   * @throws Problem validation_failed, export_too_large
   */
  async send(kind: RecordKind, caller: Caller, query: ExportRecordsQuery, response: Response): Promise<void> {
    const { format, language = caller.language, fields, ...filter } = query;
    const request = listRequest({ ...filter, limit: PAGE }, await this.sight.of(caller));
    const { table, isTooLarge } = await this.uow.run(caller, async (manager) => ({
      table: await this.tables.of(manager, kind),
      isTooLarge:
        format !== 'csv' && (await this.lists.exceeds(manager, kind.table, caller.companyId, request, SHEET_LIMIT)),
    }));
    // Everything that may be refused is refused before the first byte.
    if (isTooLarge) throw new Problem('export_too_large', { params: { limit: SHEET_LIMIT } });
    const columns = exportColumns(table.schema, fields, { format, language });
    const sheetName = table.schema.label[language];
    const fileName = `${sheetName} ${new Date().toISOString().slice(0, 10)}`;
    const options = { columns, sheetName, language, properties: { title: sheetName } };
    await sendTable(response, format, fileName, options, this.pages(caller, { table, columns, request }));
  }

  /** Sorted by the id, records that come meanwhile stand at the end. */
  private async *pages(caller: Caller, selection: Selection): AsyncGenerator<OutputRow[]> {
    const reps = new Map<Id, RepAccount>();
    let after: ListPlace | undefined;
    do {
      const { rows, named } = await this.page(caller, selection, after);
      await this.addReps(caller, rows, reps);
      after = rows.length === PAGE ? placeOf(rows.at(-1)) : undefined;
      yield rows.map((row) => selection.columns.map(({ cell }) => cell(row, { reps, named })));
    } while (after);
  }

  private page(caller: Caller, { table, request }: Selection, after: ListPlace | undefined) {
    return this.uow.run(caller, async (manager) => {
      const rows = await this.lists.list(manager, table, caller.companyId, { ...request, after, limit: PAGE });
      return { rows, named: await this.references.of(manager, table, rows) };
    });
  }

  /** A rep whose account is no more has neither e-mail nor number. */
  private async addReps({ companyId }: Caller, rows: readonly RecordRow[], reps: Map<Id, RepAccount>): Promise<void> {
    const userIds = [...new Set(rows.map(({ repId }) => repId))].filter((repId) => !reps.has(repId));
    if (userIds.length === 0) return;
    const { found } = await this.questions.ask(findReps, { companyId, userIds });
    for (const rep of found) reps.set(rep.userId, rep);
  }
}

function placeOf(row: RecordRow | undefined): ListPlace | undefined {
  return row && { updatedAt: row.updatedAtExact, id: row.id };
}
