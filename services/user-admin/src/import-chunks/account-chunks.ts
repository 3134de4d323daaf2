import { Injectable } from '@nestjs/common';
import { ownerOfEntity } from '@muster/contracts';
import type { AbsenteesOrder, AbsenteeWork, ChunkOrder, ChunkOwner, ChunkWork } from '@muster/import-owner';
import { planSettings, USER } from '@muster/import-model';
import type { Scope } from '@muster/persistence';
import { UsersRepository } from '../users/users.repository.js';
import { AbsentAccounts } from './absent-accounts.js';
import { AccountDecider } from './account-decider.js';
import { AccountChunkWriter, type AccountContext } from './account-chunk-writer.js';

/** Carries out work orders about the company's own people. */
@Injectable()
export class AccountChunks implements ChunkOwner {
  constructor(
    private readonly users: UsersRepository,
    private readonly writer: AccountChunkWriter,
    private readonly decider: AccountDecider,
    private readonly absent: AbsentAccounts,
  ) {}

  owns(entity: string): boolean {
    return ownerOfEntity(entity) === 'user-admin';
  }

  begin(scope: Scope, order: ChunkOrder): ChunkWork {
    const context = accountContext(scope, order);
    return {
      lock: (manager) => this.users.lockAccounts(manager, scope.companyId),
      plan: (manager, rows) => this.writer.plan(manager, context, rows),
      write: (manager, rows) => this.writer.write(manager, context, rows),
      present: (manager, rows) => this.decider.present(manager, context, rows),
    };
  }

  absentees(scope: Scope, order: AbsenteesOrder): AbsenteeWork {
    return this.absent.begin(scope, order);
  }
}

function accountContext(
  scope: Scope,
  { importId, dryRun, mode, columns, options = {}, restorePointId, last, planId }: ChunkOrder,
): AccountContext {
  const settings = planSettings(USER, { mode, columns });
  const isSync = planId !== undefined;
  return { scope, importId, dryRun, settings, options, restorePointId, last: last === true, isSync };
}
