import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { localTimeOf, sendTable, SHEET_LIMIT, writableCell, type Caller } from '@muster/platform';
import type { OutputCell, OutputRow, TableFormat } from '@muster/tabular';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { UserGroupsRepository } from '../groups/user-groups.repository.js';
import { given } from '../validation/given.js';
import type { AuditExportQuery } from './audit-log.dto.js';
import { AuditLogRepository, type AuditFilter } from './audit-log.repository.js';
import { actorsOf } from './audit-log.service.js';
import { SHEET } from './audit-texts.js';
import { exportColumns, exportRows, groupsOf, type Reader } from './export-rows.js';

const PAGE = 1000;

@Injectable()
export class AuditExport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: AuditLogRepository,
    private readonly companies: CompaniesRepository,
    private readonly groups: UserGroupsRepository,
  ) {}

  /**
   * Sends the entries as a table. Each page is a unit of work of its own, so that a slow client holds no connection; what is
   * written meanwhile is not in it. @throws Problem export_too_large
   */
  async send(caller: Caller, query: AuditExportQuery, response: Response): Promise<void> {
    const { format, language = caller.language, ...filter } = given(query);
    const { timeZone, begin } = await this.uow.run(caller, async (manager) => {
      const company = await this.companies.find(manager, caller.companyId);
      if (!company) throw new Problem('company_not_found');
      if (format !== 'csv' && (await this.log.countChanges(manager, filter, SHEET_LIMIT + 1)) > SHEET_LIMIT) {
        throw new Problem('export_too_large', { params: { limit: SHEET_LIMIT } });
      }
      return { timeZone: company.timeZone, begin: newId() };
    });
    const sheetName = SHEET[language];
    const options = {
      columns: exportColumns(language, timeZone),
      sheetName,
      language,
      properties: { title: sheetName },
    };
    const reader = { language, localTime: localTimeOf(timeZone) };
    await sendTable(
      response,
      format,
      sheetName,
      options,
      this.tables(format, this.pages(caller, filter, reader, begin)),
    );
  }

  private async *tables(
    format: TableFormat,
    pages: AsyncIterable<readonly OutputCell[][]>,
  ): AsyncGenerator<OutputRow[]> {
    for await (const rows of pages) yield rows.map((row) => row.map((cell) => writableCell(cell, format)));
  }

  private async *pages(caller: Caller, filter: AuditFilter, reader: Reader, begin: Id): AsyncGenerator<OutputCell[][]> {
    for (let before: Id | undefined = begin; before !== undefined;) {
      const older: Id = before;
      const { rows, next } = await this.uow.run(caller, async (manager) => {
        const page = await this.log.page(manager, filter, PAGE, older);
        const actors = await this.log.namesOf(manager, actorsOf(page.entries));
        const groups = await this.groups.namesOf(manager, groupsOf(page.entries));
        return {
          rows: page.entries.flatMap((entry) => exportRows(entry, { actors, groups }, reader)),
          next: page.next,
        };
      });
      before = next;
      yield rows;
    }
  }
}
