import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** An event whose effect of one consumer is committed. */
@Entity('inbox')
export class InboxRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_inbox' })
  consumer!: string;

  @PrimaryColumn('uuid', { name: 'event_id', primaryKeyConstraintName: 'PK_inbox' })
  eventId!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Index('IDX_inbox_at')
  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;
}
