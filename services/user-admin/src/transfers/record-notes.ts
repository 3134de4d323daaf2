import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DataOf, Id, recordsRemoved } from '@muster/contracts';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { AuditTrail } from '../audit/audit-trail.js';
import { UsersRepository } from '../users/users.repository.js';
import type { Transfer } from './transfer.entity.js';

type Details = Record<string, string | number>;

/** What became of the records of accounts, in the audit log: told by field-data when it is done. */
@Injectable()
export class RecordNotes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly audit: AuditTrail,
  ) {}

  async removed(scope: Scope, { repId, restorePointId, counts }: DataOf<typeof recordsRemoved>): Promise<void> {
    const details: Details = Object.fromEntries(counts.map(({ entity, count }) => [`removed.${entity}`, count]));
    if (restorePointId !== undefined) details['restorePointId'] = restorePointId;
    await this.uow.run(scope, (manager) => this.note(manager, 'schedule-removed', repId, details));
  }

  async transferred(manager: EntityManager, transfer: Transfer): Promise<void> {
    const { fromId, toId, restorePointId, counts, failure } = transfer;
    const each = counts.flatMap(({ entity, moved, kept }): [string, number][] => [
      [`moved.${entity}`, moved],
      ...(kept > 0 ? [[`kept.${entity}`, kept] satisfies [string, number]] : []),
    ]);
    const details: Details = { to: toId, ...Object.fromEntries(each), restorePointId };
    if (failure !== null) details['failure'] = failure;
    await this.note(manager, 'transferred', fromId, details);
  }

  /** Also of an account that was deleted meanwhile; then nobody is named. */
  private async note(
    manager: EntityManager,
    action: 'schedule-removed' | 'transferred',
    id: Id,
    details: Details,
  ): Promise<void> {
    const account = await this.users.find(manager, id);
    const subject = { kind: 'user', id, label: account?.displayName ?? null } as const;
    await this.audit.note(manager, { action, subject, details });
  }
}
