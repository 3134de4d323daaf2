import { Injectable } from '@nestjs/common';
import { isId, Problem, type DataOf, type Id, type importFinished } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { decodeIdCursor, toPage, type Caller, type PageQuery } from '@muster/platform';
import type { NotificationPage } from './notification.dto.js';
import { NotificationRepository } from './notification.repository.js';
import { renderNotification } from './render-notification.js';

/** The bell. A person sees only what is their own. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly notifications: NotificationRepository,
  ) {}

  /** Tells whoever asked for the import; a connector's key has no bell. */
  async tellOfImport(scope: Scope, finished: DataOf<typeof importFinished>): Promise<void> {
    const { importId, requestedBy, fileName, state, counters } = finished;
    if (requestedBy === null) return;
    const { companyId } = scope;
    await this.uow.run(scope, (manager) =>
      this.notifications.insert(manager, {
        id: newId(),
        companyId,
        userId: requestedBy,
        kind: 'import-finished',
        subject: importId,
        params: { fileName, state, ...counters },
      }),
    );
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
