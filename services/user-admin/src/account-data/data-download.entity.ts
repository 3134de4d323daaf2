import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** The last time that all data of an account was sent to somebody to the end. */
@Entity('data_download')
export class DataDownload {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'PK_data_download' })
  userId!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  /** Of the records that were in it, see the question `records-of-rep`. */
  @Column('text')
  digest!: string;

  @Column('timestamptz', { name: 'sent_at' })
  sentAt!: Date;
}
