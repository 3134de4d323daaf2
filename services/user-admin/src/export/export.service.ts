import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { EntityManager } from 'typeorm';
import { Problem, type Texts } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { type Caller, sendTable, SHEET_LIMIT } from '@muster/platform';
import type { OutputRow } from '@muster/tabular';
import { AuditTrail } from '../audit/audit-trail.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { requireUserImport } from '../companies/user-import.js';
import { UserGroupsRepository } from '../groups/user-groups.repository.js';
import type { AccountField } from '../users/account-fields.js';
import type { AccountKind } from '../users/account-kinds.js';
import type { ListPlace, UserFilter } from '../users/list-conditions.js';
import { listOrder, type ListOrder } from '../users/list-order.js';
import { UserList } from '../users/user-list.repository.js';
import { todayIn } from '../users/value-faults.js';
import { seesAllFields } from '../users/who-sees.js';
import { given } from '../validation/given.js';
import { exportCell, exportColumn, type Target } from './export-cells.js';
import { exportFields } from './export-fields.js';
import { UserExportRepository } from './export.repository.js';
import type { UserExportQuery } from './export.dto.js';

const PAGE = 1_000;

const NAMES: Readonly<Record<AccountKind, Texts>> = {
  staff: { en: 'Users', de: 'Benutzer' },
  portal: { en: 'Portal users', de: 'Portalbenutzer' },
  person: { en: 'People', de: 'Personen' },
};

/** What an export takes from the list of accounts, and how it shows it. */
interface Selection {
  readonly filter: UserFilter;
  readonly order: ListOrder;
  readonly fields: readonly AccountField[];
  readonly target: Target;
}

@Injectable()
export class UserExport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lists: UserList,
    private readonly exported: UserExportRepository,
    private readonly companies: CompaniesRepository,
    private readonly groups: UserGroupsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Sends accounts of one kind as a table. Each page is a unit of work of its own, so that a slow client holds no connection.
   * @throws Problem validation_failed, forbidden, user_import_not_available, export_too_large
   */
  async send(caller: Caller, query: UserExportQuery, response: Response): Promise<void> {
    const { format, language = caller.language, fields: wanted, sort = 'createdAt', ...filter } = given(query);
    const kind = filter.kind ?? 'staff';
    const selection: Selection = {
      filter: { ...filter, kind },
      order: listOrder(sort),
      fields: exportFields(wanted, seesAllFields(caller)),
      target: { format, language },
    };
    const { timeZone } = await this.uow.run(caller, (manager) => this.begin(manager, caller, kind, selection));
    const name = NAMES[kind][language];
    const columns = selection.fields.map((field) => exportColumn(field, selection.target));
    const options = { columns, sheetName: name, language, properties: { title: name } };
    const fileName = `${name} ${todayIn(timeZone, new Date())}`;
    await sendTable(response, format, fileName, options, this.pages(caller, selection));
  }

  /** Everything that may be refused is refused before the first byte. That somebody takes the data away is in the audit log. */
  private async begin(
    manager: EntityManager,
    caller: Caller,
    kind: AccountKind,
    { filter, fields, target }: Selection,
  ) {
    const company = await this.companies.find(manager, caller.companyId);
    if (!company) throw new Problem('company_not_found');
    if (kind === 'staff') requireUserImport(company);
    if (target.format !== 'csv' && (await this.exported.exceeds(manager, company.id, filter, SHEET_LIMIT))) {
      throw new Problem('export_too_large', { params: { limit: SHEET_LIMIT } });
    }
    await this.audit.note(manager, {
      action: 'exported',
      subject: { kind: 'company', id: company.id, label: company.name },
      details: { kind, format: target.format, fields: fields.map(({ id }) => id).join(', ') },
    });
    return company;
  }

  /** In the order of creation, accounts that come meanwhile stand at the end. */
  private async *pages(caller: Caller, selection: Selection): AsyncGenerator<OutputRow[]> {
    let after: ListPlace | undefined;
    do {
      const page = await this.uow.run(caller, (manager) => this.page(manager, caller, selection, after));
      after = page.next;
      yield page.rows;
    } while (after);
  }

  private async page(
    manager: EntityManager,
    { companyId }: Caller,
    selection: Selection,
    after: ListPlace | undefined,
  ) {
    const { filter, order, fields, target } = selection;
    const request = { filter, also: [], order, after, limit: PAGE };
    const ids = await this.lists.ids(manager, companyId, request);
    const accounts = await this.exported.read(manager, ids, fields, order);
    const groupIds = accounts.flatMap((account) => account.groupIds);
    const names = await this.groups.namesOf(manager, groupIds);
    const rows = accounts.map((account) =>
      fields.map((field) => exportCell(field, account[field.property], target, names)),
    );
    const last = ids.length === PAGE ? accounts.at(-1) : undefined;
    return { rows, next: last && { key: last.sortedBy ?? undefined, id: last.id } };
  }
}
