import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import { foundBy } from '../records/found-by.js';
import { RecordEntity } from '../records/record-entity.js';

/** A report of a rep. Properties that hold fields carry the names of the entity schema (`REPORT` in import-model). */
@Entity('report')
@Index('UQ_report_external_id', ['companyId', 'externalId', 'repId'], { unique: true, where: 'deleted_at is null' })
@Index('IDX_report_binned', ['companyId', 'repId', 'externalId'], { where: 'deleted_at is not null' })
@Index('IDX_report_rep', ['companyId', 'repId', 'id'])
@Index('IDX_report_updated', ['companyId', 'updatedAt'])
@Index('IDX_report_id', ['companyId', 'id'])
@Index('IDX_report_bin', ['companyId', 'deletedAt'], { where: 'deleted_at is not null' })
@Index('IDX_report_bin_age', ['deletedAt'], { where: 'deleted_at is not null' })
@Index('IDX_report_customer', ['companyId', 'customer'])
export class Report extends RecordEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_report' })
  id!: Id;

  @Column('text', { name: 'report_type' })
  type!: string;

  /** Its id; of the same rep when it was set. It stays whatever becomes of the customer, see docs/adr/0021. */
  @Column('uuid', { name: 'customer_id', nullable: true })
  customer!: Id | null;

  /** In the company's time zone, `yyyy-MM-ddTHH:mm:ss`, as the end. */
  @Column('timestamp without time zone', { name: 'start_time', nullable: true })
  start!: string | null;

  @Column('timestamp without time zone', { name: 'end_time', nullable: true })
  end!: string | null;

  @Column('text', { nullable: true })
  result!: string | null;

  @Column('text', { nullable: true })
  notes!: string | null;

  /** Words of its texts, folded. */
  @Column('text', foundBy('external_id', 'left(result, 300)'))
  foundBy!: string | null;
}
