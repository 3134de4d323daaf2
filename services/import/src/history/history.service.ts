import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, toPage, type Caller } from '@muster/platform';
import type { ImportPage } from '../imports/import.dto.js';
import { ImportViews } from '../imports/import-views.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import type { HistoryFilter } from './history-filter.js';
import type { HistoryFilterQuery, ImportListQuery } from './history.dto.js';
import { HistoryRepository } from './history.repository.js';
import { beginOf, endOf, isOfCompany } from './period.js';

/** The imports that there were, and are. */
@Injectable()
export class ImportHistory {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly history: HistoryRepository,
    private readonly views: ImportViews,
    private readonly companies: CompanyProfile,
  ) {}

  /** @throws Problem invalid_cursor; service_unavailable when the company's time zone is needed and nobody tells it */
  async list(caller: Caller, query: ImportListQuery): Promise<ImportPage> {
    const before = decodeIdCursor(query.cursor);
    const filter = await this.filterOf(caller, query);
    return this.uow.run(caller, async (manager) => {
      const jobs = await this.history.page(manager, filter, query.limit + 1, before);
      const page = toPage(jobs, query.limit, ({ id }) => [id]);
      return { items: await this.views.all(manager, caller, page.items), nextCursor: page.nextCursor };
    });
  }

  /** @throws Problem service_unavailable as {@link list} */
  async filterOf({ companyId }: Caller, query: HistoryFilterQuery): Promise<HistoryFilter> {
    const { entity, state, from, to, configuration, createdBy, unattended, origin, hasErrors } = query;
    const isAsked = isOfCompany(from) || isOfCompany(to);
    const timeZone = isAsked ? (await this.companies.of(companyId)).timeZone : 'UTC';
    return {
      entity,
      states: state,
      from: from === undefined ? undefined : beginOf(from, timeZone),
      to: to === undefined ? undefined : endOf(to, timeZone),
      configurationId: configuration,
      createdBy,
      unattended,
      origin,
      hasErrors,
    };
  }
}
