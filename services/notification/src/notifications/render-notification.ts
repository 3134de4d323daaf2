import { message, type Language } from '@muster/contracts';
import type { NotificationDto } from './notification.dto.js';
import type { Notification } from './notification.entity.js';
import { NOTIFICATION_TEXTS } from './notification-texts.js';

/** A notification as its reader sees it. */
export function renderNotification(notification: Notification, language: Language): NotificationDto {
  const { id, kind, subject, params, createdAt, readAt } = notification;
  const texts = NOTIFICATION_TEXTS[kind];
  return {
    id,
    kind,
    title: message(texts.title, params, language),
    body: message(texts.body, params, language),
    link: texts.link(subject),
    createdAt,
    readAt,
  };
}
