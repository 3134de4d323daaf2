import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { NotificationKind, NotificationParams } from './notification-texts.js';

/** One thing that one person is told. Text is made when it is read, in the reader's language. */
@Entity('notification')
@Unique('UQ_notification_subject', ['companyId', 'userId', 'kind', 'subject'])
@Index('IDX_notification_user', ['companyId', 'userId', 'id'])
@Index('IDX_notification_unread', ['companyId', 'userId'], { where: 'read_at is null' })
export class Notification {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_notification' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('uuid', { name: 'user_id' })
  userId!: Id;

  @Column('text')
  kind!: NotificationKind;

  /** Id of the thing that it is about: of each, a person is told once. */
  @Column('text')
  subject!: string;

  @Column('jsonb')
  params!: NotificationParams;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'read_at', nullable: true })
  readAt!: Date | null;
}
