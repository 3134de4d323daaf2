import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  isId,
  keptRecords,
  Problem,
  userTransferOrdered,
  type DataOf,
  type Id,
  type recordsTransferred,
} from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { decodeIdCursor, detailMessage, Questions, toPage, type Caller, type PageQuery } from '@muster/platform';
import { OwnRestorePoints } from '../restore-points/own-restore-points.js';
import { UsersRepository } from '../users/users.repository.js';
import { RecordNotes } from './record-notes.js';
import type { KeptRecordPage, TransferBody, TransferDto } from './transfer.dto.js';
import { Transfer } from './transfer.entity.js';
import { targetObstacle } from './transfer-target.js';
import { TransfersRepository } from './transfers.repository.js';

/** Transfers of the records of one account to another; field-data moves them and tells how far it is. */
@Injectable()
export class Transfers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly transfers: TransfersRepository,
    private readonly users: UsersRepository,
    private readonly ownPoints: OwnRestorePoints,
    private readonly notes: RecordNotes,
    private readonly outbox: Outbox,
    private readonly questions: Questions,
  ) {}

  /** @throws Problem user_not_found, transfer_target, transfer_running */
  async order(caller: Caller, userId: Id, { to, entities }: TransferBody): Promise<TransferDto> {
    if (!isId(userId)) throw new Problem('user_not_found');
    return this.uow.run(caller, async (manager) => {
      const { companyId, actor: createdBy } = caller;
      // Nobody takes the schedule of either account away, or deletes it, before the order stands.
      await this.users.lockAccounts(manager, companyId);
      const from = await this.users.find(manager, userId);
      if (!from) throw new Problem('user_not_found');
      const reason = targetObstacle(from, await this.users.find(manager, to));
      if (reason) throw new Problem('transfer_target', { params: { reason } });
      const running = await this.transfers.runningFrom(manager, userId);
      if (running) throw new Problem('transfer_running', { params: { transferId: running.id } });
      const about = { occasion: 'transfer', name: from.displayName, userId } as const;
      const restorePointId = await this.ownPoints.take(manager, caller, about);
      const wish = { id: newId(), companyId, fromId: userId, toId: to, entities: entities ?? null, restorePointId };
      const begun = { state: 'running', failure: null, counts: [], createdBy, createdAt: new Date(), finishedAt: null };
      const transfer = Object.assign(new Transfer(), wish, begun);
      await this.transfers.insert(manager, transfer);
      const order = { transferId: transfer.id, userId, toUserId: to, entities: transfer.entities, restorePointId };
      await this.outbox.publish(userTransferOrdered, order);
      return transferDto(transfer);
    });
  }

  /** @throws Problem transfer_not_found */
  get(caller: Caller, id: Id): Promise<TransferDto> {
    return this.uow.run(caller, async (manager) => transferDto(await this.require(manager, id)));
  }

  /** @throws Problem transfer_not_found, invalid_cursor */
  async kept(caller: Caller, id: Id, { limit, cursor }: PageQuery): Promise<KeptRecordPage> {
    const after = decodeIdCursor(cursor) ?? null;
    await this.uow.run(caller, (manager) => this.require(manager, id));
    const { companyId, language } = caller;
    const { items } = await this.questions.ask(keptRecords, { companyId, transferId: id, after, limit: limit + 1 });
    const page = toPage(items, limit, ({ recordId }) => [recordId]);
    const code = 'external_id_held';
    return {
      ...page,
      items: page.items.map((kept) => {
        return { ...kept, code, message: detailMessage({ code, params: { externalId: kept.externalId } }, language) };
      }),
    };
  }

  /** field-data got on. */
  async advance(scope: Scope, told: DataOf<typeof recordsTransferred>): Promise<void> {
    const { transferId, state, failure = null, counts } = told;
    await this.uow.run(scope, async (manager) => {
      const transfer = await this.transfers.lockRunning(manager, transferId);
      if (!transfer) return;
      const finishedAt = state === 'running' ? null : new Date();
      await this.transfers.advance(manager, transferId, { state, failure, counts, finishedAt });
      if (state !== 'running') await this.notes.transferred(manager, { ...transfer, state, failure, counts });
    });
  }

  private async require(manager: EntityManager, id: Id): Promise<Transfer> {
    const transfer = isId(id) ? await this.transfers.find(manager, id) : null;
    if (!transfer) throw new Problem('transfer_not_found');
    return transfer;
  }
}

function transferDto(transfer: Transfer): TransferDto {
  const {
    id,
    fromId: from,
    toId: to,
    entities,
    restorePointId,
    state,
    failure,
    counts,
    createdAt,
    finishedAt,
  } = transfer;
  const links = { kept: `/v1/users/transfers/${id}/kept`, restorePoint: `/v1/restore-points/${restorePointId}` };
  return { id, from, to, entities, restorePointId, state, failure, counters: counts, createdAt, finishedAt, links };
}
