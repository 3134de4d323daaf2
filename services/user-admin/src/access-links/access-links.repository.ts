import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import type { Id, LinkChannel } from '@muster/contracts';
import type { Scope } from '@muster/persistence';
import { AccessLink } from './access-link.entity.js';
import type { AccountLinkState } from './link-state.js';
import type { PlannedLink } from './plan-send.js';

/** Where a link belongs, and on whose behalf it is sent. */
export interface LinkScope extends Scope {
  readonly linkId: Id;
}

/** A link that waits to be sent, taken for a while. */
export interface WaitingLink extends LinkScope {
  /** How often its token was made so far. */
  readonly attempt: number;
}

const SCOPE = `id as "linkId", company_id as "companyId", requested_by as actor, requested_cause as cause`;

@Injectable()
export class AccessLinksRepository {
  /** For a unit of work of the worker: the company of a token. */
  async companyOf(manager: EntityManager, tokenHash: string): Promise<Id | undefined> {
    const [row] = await manager.query<{ companyId: Id }[]>(
      `select company_id as "companyId" from access_link where token_hash = $1`,
      [tokenHash],
    );
    return row?.companyId;
  }

  /** For a unit of work of the worker: undefined also when nobody has asked for the link to be sent. */
  async scopeOf(manager: EntityManager, linkId: Id): Promise<LinkScope | undefined> {
    const [row] = await manager.query<LinkScope[]>(
      `select ${SCOPE} from access_link where id = $1 and requested_at is not null`,
      [linkId],
    );
    return row;
  }

  /** For a unit of work of the worker: takes links that wait longest, or whose sender is gone, for `seconds`. */
  async claimWaiting(manager: EntityManager, seconds: number, limit: number): Promise<WaitingLink[]> {
    const [rows] = await manager.query<[WaitingLink[], number]>(
      `update access_link set lease_until = now() + make_interval(secs => $1)
        where id in (select id from access_link
                      where replaced_at is null and requested_at is not null and state in ('created', 'sent')
                        and (lease_until is null or lease_until < now())
                      order by requested_at limit $2 for update skip locked)
       returning ${SCOPE}, attempt`,
      [seconds, limit],
    );
    return rows;
  }

  findByHash(manager: EntityManager, tokenHash: string): Promise<AccessLink | null> {
    return manager.findOneBy(AccessLink, { tokenHash });
  }

  /** Nobody else changes it until the unit of work ends. */
  findLocked(manager: EntityManager, id: Id): Promise<AccessLink | null> {
    return manager.findOne(AccessLink, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async change(manager: EntityManager, id: Id, changes: Partial<AccessLink>): Promise<void> {
    await manager.update(AccessLink, { id }, changes);
  }

  /** @returns whether it was good until now: of two who use it at once, one does */
  async use(manager: EntityManager, id: Id, tokenHash: string, now: Date): Promise<boolean> {
    const good = { id, tokenHash, usedAt: IsNull(), replacedAt: IsNull(), disabledAt: IsNull() };
    const { affected } = await manager.update(AccessLink, good, { state: 'used', usedAt: now });
    return affected === 1;
  }

  /** Asks for links to be sent; new ones take the place of those that the accounts have. */
  async request(
    manager: EntityManager,
    links: readonly PlannedLink[],
    { companyId, actor, cause }: Scope,
    channel: LinkChannel,
  ): Promise<void> {
    const asked = [channel, actor, cause];
    const [unsent, fresh] = [links.filter(({ isNew }) => !isNew), links.filter(({ isNew }) => isNew)];
    await manager.query(
      `update access_link set channel = $2, requested_by = $3, requested_cause = $4, requested_at = now()
        where id = any ($1::uuid[])`,
      [unsent.map(({ linkId }) => linkId), ...asked],
    );
    const users = fresh.map(({ userId }) => userId);
    await manager.query(
      `update access_link set replaced_at = now() where user_id = any ($1::uuid[]) and replaced_at is null`,
      [users],
    );
    await manager.query(
      `insert into access_link (id, company_id, user_id, channel, requested_by, requested_cause, requested_at)
       select l.id, $6, l.user_id, $3, $4, $5, now() from unnest($1::uuid[], $2::uuid[]) as l(id, user_id)`,
      [fresh.map(({ linkId }) => linkId), users, ...asked, companyId],
    );
  }

  /** The states of accounts; of one that is not named the state is `none`. */
  async statesOf(manager: EntityManager, userIds: readonly Id[]): Promise<Map<Id, AccountLinkState>> {
    const rows = await manager.query<{ userId: Id; state: AccountLinkState }[]>(
      `select user_id as "userId", state from access_link where user_id = any ($1::uuid[]) and replaced_at is null`,
      [[...userIds]],
    );
    return new Map(rows.map(({ userId, state }) => [userId, state]));
  }
}
