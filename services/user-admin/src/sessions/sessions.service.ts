import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, toPage, type Caller, type PageQuery } from '@muster/platform';
import { AuditTrail } from '../audit/audit-trail.js';
import type { UserAccount } from '../users/user-account.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { sessionDto, type SessionPage } from './session.dto.js';
import { SessionsRepository } from './sessions.repository.js';

@Injectable()
export class SessionsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** The caller's own. */
  listOwn(caller: Caller, query: PageQuery): Promise<SessionPage> {
    return this.list(caller, personOf(caller), query);
  }

  /** @throws Problem session_not_found, also when it is somebody else's */
  async endOwn(caller: Caller, id: Id): Promise<void> {
    const userId = personOf(caller);
    const ended =
      isId(id) &&
      (await this.uow.run(caller, async (manager) => {
        const found = await this.sessions.end(manager, id, new Date(), userId);
        if (found) await this.note(manager, userId, null);
        return found;
      }));
    if (!ended) throw new Problem('session_not_found');
  }

  /** For administrators. @throws Problem user_not_found */
  async listOf(caller: Caller, userId: Id, query: PageQuery): Promise<SessionPage> {
    await this.account(caller, userId);
    return this.list(caller, userId, query);
  }

  /** Ends all of an account, with every access token. @throws Problem user_not_found */
  async endAllOf(caller: Caller, userId: Id): Promise<void> {
    const { displayName } = await this.account(caller, userId);
    await this.uow.run(caller, async (manager) => {
      await this.sessions.endAll(manager, userId, new Date());
      await this.sessions.renewAccess(manager, userId);
      await this.note(manager, userId, displayName);
    });
  }

  private async account(caller: Caller, userId: Id): Promise<UserAccount> {
    const account = isId(userId) && (await this.uow.run(caller, (manager) => this.users.find(manager, userId)));
    if (!account) throw new Problem('user_not_found');
    return account;
  }

  private note(manager: EntityManager, id: Id, label: string | null): Promise<void> {
    return this.trail.note(manager, { action: 'session-revoked', subject: { kind: 'user', id, label } });
  }

  private async list(caller: Caller, userId: Id, query: PageQuery): Promise<SessionPage> {
    const after = decodeIdCursor(query.cursor);
    const now = new Date();
    const rows = await this.uow.run(caller, (manager) =>
      this.sessions.list(manager, userId, now, query.limit + 1, after),
    );
    const { items, nextCursor } = toPage(rows, query.limit, ({ id }) => [id]);
    return { items: items.map((session) => sessionDto(session, caller.sessionId)), nextCursor };
  }
}

/** People only get here, by the rule of the handlers. */
function personOf(caller: Caller): Id {
  if (caller.userId === null) throw new Problem('forbidden', { params: { needed: 'a person' } });
  return caller.userId;
}
