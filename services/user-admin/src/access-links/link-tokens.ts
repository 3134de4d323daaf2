import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { accessLinkSettled, DataOf, Id, makeAccessToken } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { hashSecret, newSecret } from '../sign-in/secret.js';
import { UsersRepository } from '../users/users.repository.js';
import type { AccessLink } from './access-link.entity.js';
import { AccessLinksRepository } from './access-links.repository.js';
import { linkEnd, settledState, tokenRefusal } from './link-state.js';

export type MadeToken = z.output<typeof makeAccessToken.answer>;
export type Settlement = Omit<DataOf<typeof accessLinkSettled>, 'userId' | 'linkId'>;

/** What whoever sends links needs: tokens, which exist in clear text in their answer only, and a way to say what became. */
@Injectable()
export class LinkTokens {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly links: AccessLinksRepository,
    private readonly users: UsersRepository,
    private readonly companies: CompaniesRepository,
  ) {}

  /** Makes the token of a link, once for each attempt; the one before is no longer good. */
  async make(linkId: Id, attempt: number, now: Date): Promise<MadeToken> {
    const scope = await this.uow.runAsWorker((manager) => this.links.scopeOf(manager, linkId));
    if (!scope) return { made: false, reason: 'unknown' };
    return this.uow.run(scope, async (manager) => {
      const link = await this.links.findLocked(manager, linkId);
      const account = link && (await this.users.find(manager, link.userId));
      const company = await this.companies.find(manager, scope.companyId);
      if (!account || !company || !link.channel) return { made: false, reason: 'unknown' };
      const reason = tokenRefusal(link, account, attempt);
      if (reason) return { made: false, reason };
      const to = link.channel === 'email' ? account.email : account.mobileE164;
      if (to === null) {
        await this.links.change(manager, linkId, { state: 'failed', failure: 'no_address', settledAt: now });
        return { made: false, reason: 'no_address' };
      }
      const { token, expiresAt } = await this.give(manager, link, attempt, company.accessLinkDays, now);
      const { id: userId, displayName, language } = account;
      const { channel } = link;
      const person = { userId, displayName, language, to, channel, companyName: company.name };
      return { made: true, token, expiresAt: expiresAt.toISOString(), ...person };
    });
  }

  /** In a unit of work of the link's company. What comes too late changes nothing. */
  async settle(manager: EntityManager, linkId: Id, { outcome, reason }: Settlement, now: Date): Promise<void> {
    const link = await this.links.findLocked(manager, linkId);
    const state = link && settledState(link.state, outcome);
    if (!state) return;
    const failure = state === 'failed' ? (reason ?? 'unknown') : null;
    await this.links.change(manager, linkId, { state, failure, settledAt: now });
  }

  private async give(manager: EntityManager, { id }: AccessLink, attempt: number, days: number, now: Date) {
    const token = newSecret();
    const expiresAt = linkEnd(days, now);
    const sent = { state: 'sent', tokenHash: hashSecret(token), attempt, expiresAt, sentAt: now } as const;
    await this.links.change(manager, id, sent);
    return { token, expiresAt };
  }
}
