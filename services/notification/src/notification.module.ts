import { Module } from '@nestjs/common';
import { NotificationRepository } from './notifications/notification.repository.js';
import { NotificationsConsumer } from './notifications/notifications.consumer.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { NotificationsService } from './notifications/notifications.service.js';

@Module({
  controllers: [NotificationsController, NotificationsConsumer],
  providers: [NotificationsService, NotificationRepository],
})
export class NotificationModule {}
