import { ApiProperty } from '@nestjs/swagger';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification-texts.js';

export class NotificationDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  @ApiProperty({ enum: NOTIFICATION_KINDS, example: 'import-finished' })
  kind!: NotificationKind;
  /** In the caller's language. @example Import completed */
  title!: string;
  /** In the caller's language. @example customers.csv: 10,000 rows read, ... */
  body!: string;
  /** Path of the thing that it is about. @example /v1/imports/0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  link!: string;
  createdAt!: Date;
  /** null: not yet read. */
  readAt!: Date | null;
}

export class NotificationPage {
  items!: NotificationDto[];
  /** Cursor of the next page; null on the last. */
  nextCursor!: string | null;
  /** Of all notifications of the caller, not only of this page. @example 3 */
  unreadCount!: number;
}
