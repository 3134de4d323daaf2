import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { NextStep } from '../imports/import-job.entity.js';

/** An upload that is sent in parts; the row of `upload` sums up those that are in. */
@Entity('upload_series')
@Index('IDX_upload_series_name', ['companyId', 'seriesId'])
export class UploadSeries {
  @PrimaryColumn('uuid', { name: 'upload_id', primaryKeyConstraintName: 'PK_upload_series' })
  uploadId!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  /** The import that it was opened for. */
  @Column('uuid', { name: 'import_id' })
  importId!: Id;

  /** What the senders call it; null: they go by the import. */
  @Column({ type: 'text', name: 'series_id', nullable: true, collation: 'C' })
  seriesId!: string | null;

  /** How many parts there are, once somebody said so. */
  @Column('integer', { name: 'part_count', nullable: true })
  partCount!: number | null;

  /** What follows on the staging once all parts are in. */
  @Column('text', { name: 'next_step', nullable: true })
  nextStep!: NextStep | null;

  /** When all parts were in; null: nothing is done with those that are. */
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}
