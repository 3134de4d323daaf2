import { Injectable } from '@nestjs/common';
import { userActivated, userDeactivated, userScheduleRemoved, userUpdated } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { ACCOUNT_FIELDS } from './account-fields.js';
import type { Consequences } from './account-rules.js';
import type { UserAccount } from './user-account.entity.js';

/** Tells others what became of an account; released when the unit of work commits. */
@Injectable()
export class AccountEvents {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Publishes `user.deactivated.v1` or `user.activated.v1`, `user.schedule-removed.v1`, and `user.updated.v1` for all
   * other fields.
   * @param properties of the entity that have other values now
   */
  async changed(account: UserAccount, properties: readonly string[], consequences: Consequences): Promise<void> {
    const { id: userId, version, hasOwnSchedule, employeeNumber } = account;
    const changed = fieldIds(properties).filter((id) => id !== 'loginEnabled');
    if (changed.length > 0) {
      await this.outbox.publish(userUpdated, { userId, version, changed, hasOwnSchedule, employeeNumber });
    }
    if (consequences.activated) await this.outbox.publish(userActivated, { userId, version });
    if (consequences.deactivated) await this.outbox.publish(userDeactivated, { userId, version });
    if (consequences.losesSchedule) await this.outbox.publish(userScheduleRemoved, { userId, version });
  }
}

/** What follows from a field, such as the international form of a number, is not named beside it. */
function fieldIds(properties: readonly string[]): string[] {
  return ACCOUNT_FIELDS.filter(({ property }) => properties.includes(property)).map(({ id }) => id);
}
