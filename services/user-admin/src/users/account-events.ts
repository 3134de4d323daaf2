import { Injectable } from '@nestjs/common';
import {
  userActivated,
  userCreated,
  userDeactivated,
  userScheduleRemoved,
  userUpdated,
  type Id,
} from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { ACCOUNT_FIELDS } from './account-fields.js';
import type { Consequences } from './account-rules.js';
import type { UserAccount } from './user-account.entity.js';

/** An account as it is now, what of it is other than before, and what follows. */
export interface ChangedAccount {
  readonly account: UserAccount;
  /** Of the entity. */
  readonly properties: readonly string[];
  readonly consequences: Consequences;
}

/** Tells others what became of an account; released when the unit of work commits. */
@Injectable()
export class AccountEvents {
  constructor(private readonly outbox: Outbox) {}

  /** Publishes `user.created.v1` for each. */
  async createdAll(accounts: readonly UserAccount[]): Promise<void> {
    await this.outbox.publishAll(
      userCreated,
      accounts.map(({ id: userId, version, kind, hasOwnSchedule, employeeNumber }) => ({
        userId,
        version,
        kind,
        hasOwnSchedule,
        employeeNumber,
      })),
    );
  }

  /**
   * Publishes `user.deactivated.v1` or `user.activated.v1`, `user.schedule-removed.v1`, and `user.updated.v1` for all
   * other fields.
   * @param restorePointId was taken in this unit of work; needed when a schedule is lost
   */
  async changed(change: ChangedAccount, restorePointId?: Id): Promise<void> {
    await this.changedAll([change], restorePointId);
  }

  /** As {@link changed}, of many accounts; what is said of one account keeps its order. */
  async changedAll(changes: readonly ChangedAccount[], restorePointId?: Id): Promise<void> {
    const updates = changes.flatMap(({ account, properties }) => {
      const { id: userId, version, hasOwnSchedule, employeeNumber } = account;
      const changed = fieldIds(properties).filter((id) => id !== 'loginEnabled');
      return changed.length > 0 ? [{ userId, version, changed, hasOwnSchedule, employeeNumber }] : [];
    });
    await this.outbox.publishAll(userUpdated, updates);
    const those = (which: (consequences: Consequences) => boolean) =>
      changes.flatMap(({ account: { id: userId, version }, consequences }) =>
        which(consequences) ? [{ userId, version }] : [],
      );
    await this.outbox.publishAll(
      userActivated,
      those(({ activated }) => activated),
    );
    await this.outbox.publishAll(
      userDeactivated,
      those(({ deactivated }) => deactivated),
    );
    const point = restorePointId !== undefined && { restorePointId };
    const removals = those(({ losesSchedule }) => losesSchedule).map((account) => ({ ...account, ...point }));
    await this.outbox.publishAll(userScheduleRemoved, removals);
  }
}

/** What follows from a field, such as the international form of a number, is not named beside it. */
function fieldIds(properties: readonly string[]): string[] {
  return ACCOUNT_FIELDS.filter(({ property }) => properties.includes(property)).map(({ id }) => id);
}
