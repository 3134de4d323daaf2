import { Injectable } from '@nestjs/common';
import {
  administratorsOfCompany,
  isId,
  Problem,
  type DataOf,
  type Id,
  type importAwaitsApproval,
  type importFinished,
} from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { decodeIdCursor, Questions, toPage, type Caller, type PageQuery } from '@muster/platform';
import type { NotificationPage } from './notification.dto.js';
import { NotificationRepository, type NewNotification } from './notification.repository.js';
import { renderNotification } from './render-notification.js';

/** The bell. A person sees only what is their own. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly notifications: NotificationRepository,
    private readonly questions: Questions,
  ) {}

  /** Tells whoever asked for the import; a connector's key has no bell. */
  async tellOfImport(scope: Scope, finished: DataOf<typeof importFinished>): Promise<void> {
    const { importId, requestedBy, fileName, state, counters } = finished;
    if (requestedBy === null) return;
    const { companyId } = scope;
    const told = {
      companyId,
      kind: 'import-finished',
      subject: importId,
      params: { fileName, state, ...counters },
    } as const;
    await this.tell(scope, told, [requestedBy]);
  }

  /** Tells those who can let an import go beyond the guard, or cancel it. */
  async tellAdministrators(scope: Scope, waiting: DataOf<typeof importAwaitsApproval>): Promise<void> {
    const { importId: subject, fileName, effect, planned, limit, base = 0 } = waiting;
    const { companyId } = scope;
    const { userIds } = await this.questions.ask(administratorsOfCompany, { companyId });
    const params = { fileName, effect, planned, limit, base };
    await this.tell(scope, { companyId, kind: 'import-awaits-approval', subject, params }, userIds);
  }

  private async tell(scope: Scope, told: NewNotification, userIds: readonly Id[]): Promise<void> {
    const people = userIds.map((userId) => ({ id: newId(), userId }));
    await this.uow.run(scope, (manager) => this.notifications.insert(manager, told, people));
  }

  async list(caller: Caller, { limit, cursor }: PageQuery): Promise<NotificationPage> {
    const userId = personOf(caller);
    const before = decodeIdCursor(cursor);
    return this.uow.run(caller, async (manager) => {
      const rows = await this.notifications.list(manager, userId, limit + 1, before);
      const items = rows.map((row) => renderNotification(row, caller.language));
      const unreadCount = await this.notifications.unreadCount(manager, userId);
      return { ...toPage(items, limit, ({ id }) => [id]), unreadCount };
    });
  }

  /** @throws Problem notification_not_found, also for one of somebody else */
  async markRead(caller: Caller, id: string): Promise<void> {
    const userId = personOf(caller);
    const marked =
      isId(id) && (await this.uow.run(caller, (manager) => this.notifications.markRead(manager, userId, id)));
    if (!marked) throw new Problem('notification_not_found');
  }

  async markAllRead(caller: Caller): Promise<void> {
    const userId = personOf(caller);
    await this.uow.run(caller, (manager) => this.notifications.markAllRead(manager, userId));
  }
}

function personOf({ userId }: Caller): Id {
  if (userId === null) throw new Problem('forbidden', { params: { needed: 'administrator, supervisor, user' } });
  return userId;
}
