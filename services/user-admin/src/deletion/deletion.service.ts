import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, recordsOfRep, userDeleted, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { checkVersion, CONFIG, Questions, type BaseConfig, type Caller } from '@muster/platform';
import { DataDownloadsRepository } from '../account-data/data-downloads.repository.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { TransfersRepository } from '../transfers/transfers.repository.js';
import type { UserAccount } from '../users/user-account.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { confirmationOf, confirms, type Deletion } from './confirmation.js';
import { DeletionRepository } from './deletion.repository.js';

export interface DeletionRequest {
  /** The version that the client has read. */
  readonly expected: number | undefined;
  readonly discardData: boolean;
  /** Of an answer before. */
  readonly confirmation: string | undefined;
}

/** Deleting an account: by hand, one at a time, never through an import. */
@Injectable()
export class UserDeletion {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly deletions: DeletionRepository,
    private readonly downloads: DataDownloadsRepository,
    private readonly transfers: TransfersRepository,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly questions: Questions,
    @Inject(CONFIG) private readonly config: Pick<BaseConfig, 'serviceTokenSecret'>,
  ) {}

  /**
   * Deletes a deactivated account and everything that says something about its person. Publishes `user.deleted.v1`.
   * @param offer is handed the token of a deletion that is still to be confirmed
   * @throws Problem user_not_found, version_conflict, user_still_active, transfer_running, user_has_data,
   * confirmation_required
   */
  async delete(caller: Caller, id: Id, request: DeletionRequest, offer: (token: string) => void): Promise<void> {
    const { expected, discardData, confirmation } = request;
    const { version, downloaded, transferId } = await this.uow.run(caller, async (manager) => {
      const account = await this.require(manager, id, expected);
      const last = await this.transfers.lastAbout(manager, id);
      if (last?.state === 'running') throw new Problem('transfer_running', { params: { transferId: last.id } });
      const digest = await this.downloads.digestOf(manager, id);
      return { version: account.version, downloaded: digest, transferId: last?.id };
    });
    // Asked outside of a transaction: another service answers.
    const records = await this.questions.ask(recordsOfRep, { companyId: caller.companyId, repId: id });
    const count = records.counts.reduce((sum, entity) => sum + entity.count, 0);
    const isSecured = records.digest !== undefined && records.digest === downloaded;
    if (count > 0 && !discardData && !isSecured) {
      const errors = records.counts.map((params) => ({ code: 'records_of_user', params }));
      throw new Problem('user_has_data', { params: { count }, errors });
    }
    const { companyId, actor } = caller;
    const downloadedDigest = count > 0 && !discardData ? (records.digest ?? null) : null;
    const deletion: Deletion = { companyId, actor, userId: id, version, discardData, downloadedDigest };
    const { serviceTokenSecret: secret } = this.config;
    const now = new Date();
    const recordsGo = discardData || downloadedDigest !== null;
    if (confirmation === undefined || !(await confirms(confirmation, deletion, secret, now))) {
      offer(await confirmationOf(deletion, secret, now));
      throw new Problem('confirmation_required', { params: { discardData: String(recordsGo), count } });
    }
    await this.uow.run(caller, (manager) => this.carryOut(manager, deletion, transferId));
  }

  /** @param transferId the last one that was known when it was asked how many records there are */
  private async carryOut(manager: EntityManager, deletion: Deletion, transferId: Id | undefined): Promise<void> {
    const { companyId, userId, version, discardData, downloadedDigest } = deletion;
    await this.users.lockAccounts(manager, companyId);
    await this.require(manager, userId, version);
    // Records that were brought since then nobody agreed to lose, and nobody would find them again.
    const last = await this.transfers.lastAbout(manager, userId);
    if (last && last.id !== transferId) throw new Problem('transfer_running', { params: { transferId: last.id } });
    await this.deletions.remove(manager, userId);
    await this.deletions.forget(manager, userId);
    await this.audit.erase(manager, userId);
    const secured = downloadedDigest !== null && { downloadedDigest };
    await this.outbox.publish(userDeleted, { userId, version: version + 1, discardData, ...secured });
  }

  /** Who is deactivated is no active administrator, and so not the last one. */
  private async require(manager: EntityManager, id: Id, expected: number | undefined): Promise<UserAccount> {
    const account = isId(id) ? await this.users.find(manager, id) : null;
    if (!account) throw new Problem('user_not_found');
    checkVersion(expected, account.version);
    if (account.loginEnabled) throw new Problem('user_still_active');
    return account;
  }
}
