import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import {
  isId,
  Problem,
  recordEntities,
  RECORDS_PER_PAGE,
  recordsOfRep,
  recordsPageOfRep,
  type Id,
  type Language,
} from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { attachment, Questions, type Caller } from '@muster/platform';
import { CsvArchive, type OutputColumn, type OutputRow, type TableWriterOptions } from '@muster/tabular';
import { AuditTrail } from '../audit/audit-trail.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { exportCell, exportColumn } from '../export/export-cells.js';
import { UserExportRepository } from '../export/export.repository.js';
import { UserGroupsRepository } from '../groups/user-groups.repository.js';
import { ACCOUNT_FIELDS } from '../users/account-fields.js';
import { listOrder } from '../users/list-order.js';
import { UsersRepository } from '../users/users.repository.js';
import { todayIn } from '../users/value-faults.js';
import { DataDownloadsRepository } from './data-downloads.repository.js';
import { recordCells, recordColumns } from './record-cells.js';

export const ARCHIVE_TYPE = 'application/zip';

interface Rep {
  readonly companyId: Id;
  readonly repId: Id;
}

type Entity = Pick<z.output<typeof recordEntities.answer>['entities'][number], 'entity' | 'fields'>;
type Page = z.output<typeof recordsPageOfRep.answer>;

/** What is known before the first byte is sent. */
interface Begun {
  readonly columns: readonly OutputColumn[];
  readonly row: OutputRow;
  readonly fileName: string;
}

const NO_RECORDS: z.output<typeof recordEntities.answer> = { entities: [] };

@Injectable()
export class AccountData {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly companies: CompaniesRepository,
    private readonly accounts: UserExportRepository,
    private readonly groups: UserGroupsRepository,
    private readonly downloads: DataDownloadsRepository,
    private readonly audit: AuditTrail,
    private readonly questions: Questions,
  ) {}

  /**
   * Sends all data of an account as it is made: the next records are asked for when the client has taken those before.
   * When nothing changed meanwhile, and all of it was sent, it is noted which records it were.
   * @throws Problem user_not_found
   */
  async send(caller: Caller, id: Id, language: Language, response: Response): Promise<void> {
    const { companyId } = caller;
    const rep: Rep = { companyId, repId: id };
    const { kind } = await this.uow.run(caller, async (manager) => {
      const account = isId(id) ? await this.users.find(manager, id) : null;
      if (!account) throw new Problem('user_not_found');
      return account;
    });
    const { entities } = kind === 'staff' ? await this.questions.ask(recordEntities, { companyId }) : NO_RECORDS;
    const before = entities.length > 0 ? await this.digestOf(rep) : undefined;
    // Everything that may be refused is refused before the first byte.
    const begun = await this.begin(caller, id, language);
    response.setHeader('Content-Type', ARCHIVE_TYPE);
    response.setHeader('Content-Disposition', attachment(begun.fileName, '.zip'));
    response.setHeader('Cache-Control', 'no-store');
    const archive = new CsvArchive(response, new Date());
    let after: string | undefined;
    try {
      await addFile(archive, 'account.csv', { columns: begun.columns, language }, [[begun.row]]);
      for (const { entity, fields } of entities) {
        const options = { columns: recordColumns(fields, language), language };
        await addFile(archive, `${entity}s.csv`, options, this.records(rep, { entity, fields }, language));
      }
      if (before !== undefined) after = await this.digestOf(rep);
      await archive.end();
    } catch (error) {
      // Who went away before the end gets no answer, and is no fault of ours.
      const gone = response.destroyed;
      archive.abort(error instanceof Error ? error : new Error(String(error)));
      if (!gone) throw error;
      return;
    }
    // What changed while it was read is in it in part, and a HEAD request was sent no byte: neither stands for anything.
    if (after === undefined || after !== before || response.req.method !== 'GET') return;
    const download = { userId: id, companyId, digest: after, sentAt: new Date() };
    await this.uow.run(caller, (manager) => this.downloads.note(manager, download));
  }

  /** The account itself. That somebody takes its data away is in the audit log. */
  private begin(caller: Caller, id: Id, language: Language): Promise<Begun> {
    return this.uow.run(caller, async (manager) => {
      const company = await this.companies.find(manager, caller.companyId);
      const account = await this.users.find(manager, id);
      const [values] = await this.accounts.read(manager, [id], ACCOUNT_FIELDS, listOrder('createdAt'));
      if (!company || !account || !values) throw new Problem('user_not_found');
      const { displayName, groupIds } = account;
      const groups = await this.groups.namesOf(manager, groupIds);
      await this.audit.note(manager, { action: 'downloaded', subject: { kind: 'user', id, label: displayName } });
      const target = { format: 'csv', language } as const;
      return {
        columns: ACCOUNT_FIELDS.map((field) => exportColumn(field, target)),
        row: ACCOUNT_FIELDS.map((field) => exportCell(field, values[field.property], target, groups)),
        fileName: `${displayName} ${todayIn(company.timeZone, new Date())}`,
      };
    });
  }

  /** Each page is a question of its own, so that a slow client holds no connection. */
  private async *records(rep: Rep, { entity, fields }: Entity, language: Language): AsyncGenerator<OutputRow[]> {
    const request = { ...rep, entity, fields: fields.map(({ id }) => id), limit: RECORDS_PER_PAGE };
    let after: Id | null = null;
    do {
      const { rows, nextAfter }: Page = await this.questions.ask(recordsPageOfRep, { ...request, after });
      after = nextAfter;
      yield rows.map(({ values, binned }) => recordCells(values, binned, language));
    } while (after !== null);
  }

  private async digestOf(rep: Rep): Promise<string | undefined> {
    return (await this.questions.ask(recordsOfRep, rep)).digest;
  }
}

async function addFile(
  archive: CsvArchive,
  name: string,
  options: TableWriterOptions,
  pages: AsyncIterable<readonly OutputRow[]> | Iterable<readonly OutputRow[]>,
): Promise<void> {
  const file = await archive.begin(name, options);
  for await (const rows of pages) await file.write(rows);
  await file.end();
}
