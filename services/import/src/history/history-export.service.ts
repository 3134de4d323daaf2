import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { namesOfActors, Problem, type Actor, type Id, type Texts } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { localTimeOf, Questions, sendTable, SHEET_LIMIT, writableCell, type Caller } from '@muster/platform';
import type { OutputRow, TableFormat } from '@muster/tabular';
import { dayAt } from '../clock/wall-clock.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import { historyColumns, historyRow, type HistoryReader } from './history-columns.js';
import type { HistoryEntry } from './history-entry.js';
import type { HistoryFilter } from './history-filter.js';
import type { ImportExportQuery } from './history.dto.js';
import { HistoryRepository } from './history.repository.js';
import { ImportHistory } from './history.service.js';

/** Two actors of each are as many as one question takes. */
const PAGE = 500;

const NAME: Texts = { en: 'Import history', de: 'Importverlauf' };

/** Gives out the history of imports as a file. */
@Injectable()
export class HistoryExport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly questions: Questions,
    private readonly companies: CompanyProfile,
    private readonly lists: ImportHistory,
    private readonly history: HistoryRepository,
  ) {}

  /**
   * Sends imports as a table, newest first. Each page is a unit of work of its own, so that a slow client holds no
   * connection; what is made meanwhile is not in it. @throws Problem export_too_large, service_unavailable
   */
  async send(caller: Caller, query: ImportExportQuery, response: Response): Promise<void> {
    const { format, language = caller.language } = query;
    const filter = await this.lists.filterOf(caller, query);
    const { timeZone } = await this.companies.of(caller.companyId);
    const begin = newId();
    const isTooLarge =
      format !== 'csv' &&
      (await this.uow.run(caller, (manager) => this.history.exceeds(manager, filter, SHEET_LIMIT, begin)));
    // What may be refused is refused before the first byte.
    if (isTooLarge) throw new Problem('export_too_large', { params: { limit: SHEET_LIMIT } });
    const name = NAME[language];
    const columns = historyColumns(language, timeZone);
    const options = { columns, sheetName: name, language, properties: { title: name } };
    const names = new Map<Actor, string>();
    const reader = { language, names, localTime: localTimeOf(timeZone) };
    const rows = this.rows(format, this.pages(caller, filter, begin, names), reader);
    await sendTable(response, format, `${name} ${dayAt(new Date(), timeZone)}`, options, rows);
  }

  private async *rows(
    format: TableFormat,
    pages: AsyncIterable<readonly HistoryEntry[]>,
    reader: HistoryReader,
  ): AsyncGenerator<OutputRow[]> {
    for await (const entries of pages) {
      yield entries.map((entry) => historyRow(entry, reader).map((cell) => writableCell(cell, format)));
    }
  }

  private async *pages(
    caller: Caller,
    filter: HistoryFilter,
    begin: Id,
    names: Map<Actor, string>,
  ): AsyncGenerator<HistoryEntry[]> {
    for (let before: Id | undefined = begin; before !== undefined;) {
      const below: Id = before;
      const entries = await this.uow.run(caller, (manager) => this.history.entries(manager, filter, PAGE, below));
      await this.addNames(caller, entries, names);
      yield entries;
      before = entries.length === PAGE ? entries.at(-1)?.id : undefined;
    }
  }

  /** Who is gone has none. */
  private async addNames(
    { companyId }: Caller,
    entries: readonly HistoryEntry[],
    names: Map<Actor, string>,
  ): Promise<void> {
    const all = entries.flatMap(({ createdBy, approvedBy }) => [
      createdBy,
      ...(approvedBy === null ? [] : [approvedBy]),
    ]);
    const actors = [...new Set(all)].filter((actor) => !names.has(actor));
    if (actors.length === 0) return;
    const found = await this.questions.ask(namesOfActors, { companyId, actors });
    for (const { actor, name } of found.names) names.set(actor, name);
  }
}
