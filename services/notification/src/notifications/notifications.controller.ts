import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, PageQuery, Problems, type Caller, type Role } from '@muster/platform';
import { NotificationPage } from './notification.dto.js';
import { NotificationsService } from './notifications.service.js';

/** Everybody has a bell of their own; an API key has none. */
const PEOPLE: Role[] = ['administrator', 'supervisor', 'user'];

@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  /** Lists the caller's own notifications, the newest first, with the number of those not yet read. */
  @Get()
  @Allow({ roles: PEOPLE })
  @ApiOkResponse({ type: NotificationPage })
  @Problems('invalid_cursor')
  listNotifications(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<NotificationPage> {
    return this.notifications.list(caller, query);
  }

  /** Marks a notification as read; repeating it changes nothing. */
  @Post(':id/read')
  @HttpCode(204)
  @Allow({ roles: PEOPLE })
  @ApiNoContentResponse()
  @Problems('notification_not_found')
  markNotificationRead(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.notifications.markRead(caller, id);
  }

  /** Marks all of the caller's notifications as read. */
  @Post('read-all')
  @HttpCode(204)
  @Allow({ roles: PEOPLE })
  @ApiNoContentResponse()
  markAllNotificationsRead(@CurrentCaller() caller: Caller): Promise<void> {
    return this.notifications.markAllRead(caller);
  }
}
