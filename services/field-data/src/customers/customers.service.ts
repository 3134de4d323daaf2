import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, recordsChanged, type Id } from '@muster/contracts';
import { violatesUnique } from '@muster/import-owner';
import { CUSTOMER, planRow, planSettings, type PlanColumn } from '@muster/import-model';
import { Outbox } from '@muster/messaging';
import { newId, UnitOfWork } from '@muster/persistence';
import { checkVersion, Questions, toPage, type Caller, type Page } from '@muster/platform';
import { reachOf, requireRep } from '../records/record-access.js';
import { RecordRepository } from '../records/record.repository.js';
import { RepSchedules } from '../schedules/rep-schedules.service.js';
import { CUSTOMER_TABLE } from './customer-table.js';
import { customerDto, type CustomerDto, type ListCustomersQuery } from './customer.dto.js';
import { objectOf, problemOfRow, readFields } from './customer-input.js';
import { CustomerRepository, type CustomerRow } from './customer.repository.js';
import { cursorKey, listFilter } from './list-filter.js';

const ID_KEY: PlanColumn = { field: 'id', behaviour: 'key', emptyCell: 'keep' };

/** Customers one by one, by the rules of an import. Supervisors and users have their own only; others are unknown to them. */
@Injectable()
export class CustomersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly questions: Questions,
    private readonly customers: CustomerRepository,
    private readonly records: RecordRepository,
    private readonly schedules: RepSchedules,
  ) {}

  async list(caller: Caller, query: ListCustomersQuery): Promise<Page<CustomerDto>> {
    const reach = reachOf(caller);
    const filter = listFilter(query);
    if (reach !== null && reach !== (filter.repId ?? reach)) return { items: [], nextCursor: null };
    const repId = reach ?? filter.repId;
    const rows = await this.uow.run(caller, (manager) => this.customers.list(manager, { ...filter, repId }));
    const page = toPage(rows, query.limit, (row) => cursorKey(row, filter));
    return { ...page, items: page.items.map(customerDto) };
  }

  /** @throws Problem customer_not_found */
  get(caller: Caller, id: string): Promise<CustomerDto> {
    return this.uow.run(caller, async (manager) => customerDto(await this.require(manager, caller, id)));
  }

  /** @throws Problem validation_failed, rep_unknown, external_id_taken */
  async create(caller: Caller, request: unknown): Promise<CustomerDto> {
    const { repId: rep, ...body } = objectOf(request);
    const { columns, values } = readFields(body, CUSTOMER, caller.language);
    const plan = planRow(values, [], planSettings(CUSTOMER, { mode: 'create', columns }));
    if (plan.outcome === 'invalid') throw problemOfRow(plan.problems, caller.language);
    if (plan.outcome !== 'created') throw new Error(`A new customer cannot be ${plan.outcome}`);
    const repId = readRep(rep);
    await requireRep(this.questions, caller, repId);
    const id = newId();
    return this.uow.run(caller, async (manager) => {
      const owner = { companyId: caller.companyId, repId };
      await this.schedules.require(manager, owner);
      const record = { id, values: plan.values };
      await this.unlessTaken(plan.values['externalId'], () =>
        this.records.insert(manager, CUSTOMER_TABLE, owner, Object.keys(plan.values), [record]),
      );
      await this.announce(repId, { created: [id] });
      return customerDto(await this.require(manager, caller, id));
    });
  }

  /** @throws Problem customer_not_found, version_conflict, validation_failed, external_id_fixed, external_id_taken */
  change(caller: Caller, id: string, expected: number | undefined, patch: unknown): Promise<CustomerDto> {
    const input = readFields(objectOf(patch), CUSTOMER, caller.language);
    const settings = planSettings(CUSTOMER, { mode: 'update', columns: [ID_KEY, ...input.columns] });
    return this.uow.run(caller, async (manager) => {
      const row = await this.require(manager, caller, id, true);
      checkVersion(expected, row.version);
      const plan = planRow([id, ...input.values], [row.fields], settings);
      if (plan.outcome === 'invalid') throw problemOfRow(plan.problems, caller.language);
      if (plan.outcome !== 'updated') return customerDto(row);
      await this.unlessTaken(plan.set['externalId'], () =>
        this.records.update(manager, CUSTOMER_TABLE, Object.keys(plan.set), [{ id, values: plan.set }]),
      );
      await this.announce(row.repId, { updated: [id] });
      return customerDto(await this.require(manager, caller, id));
    });
  }

  /** Puts it into the recycle bin. @throws Problem customer_not_found, version_conflict */
  remove(caller: Caller, id: string, expected: number | undefined): Promise<void> {
    return this.uow.run(caller, async (manager) => {
      const { repId, version } = await this.require(manager, caller, id, true);
      checkVersion(expected, version);
      await this.customers.bin(manager, id);
      await this.announce(repId, { removed: [id] });
    });
  }

  private async require(manager: EntityManager, caller: Caller, id: string, lock = false): Promise<CustomerRow> {
    const row = isId(id) && (await this.customers.find(manager, id, reachOf(caller), lock));
    if (!row) throw new Problem('customer_not_found');
    return row;
  }

  private async unlessTaken(externalId: unknown, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (cause) {
      if (!violatesUnique(cause, CUSTOMER_TABLE.externalIdIndex)) throw cause;
      throw new Problem('external_id_taken', { params: { externalId: String(externalId) }, cause });
    }
  }

  private async announce(repId: Id, ids: { created?: Id[]; updated?: Id[]; removed?: Id[] }): Promise<void> {
    const { created = [], updated = [], removed = [] } = ids;
    await this.outbox.publish(recordsChanged, { entity: CUSTOMER.name, repId, created, updated, removed });
  }
}

function readRep(rep: unknown): Id {
  if (rep === undefined) {
    throw new Problem('validation_failed', { params: { count: 1 }, errors: [{ pointer: '/repId', code: 'required' }] });
  }
  if (!isId(rep)) throw new Problem('rep_unknown');
  return rep;
}
