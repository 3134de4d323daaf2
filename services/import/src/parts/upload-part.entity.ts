import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** Which upload is which part of an upload that is sent in parts. */
@Entity('upload_part')
@Index('IDX_upload_part_file', ['partUploadId'])
export class UploadPart {
  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  /** The upload that the parts make up. */
  @PrimaryColumn('uuid', { name: 'upload_id', primaryKeyConstraintName: 'PK_upload_part' })
  uploadId!: Id;

  /** From 1. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_upload_part' })
  no!: number;

  /** The upload with the file of the part. */
  @Column('uuid', { name: 'part_upload_id' })
  partUploadId!: Id;

  /** What its rows are further down in the file that it was cut from; null: the part is a file of its own. */
  @Column('integer', { name: 'row_offset', nullable: true })
  rowOffset!: number | null;

  /** The file came as this part, and goes with it. */
  @Column('boolean', { name: 'is_own', default: false })
  isOwn!: boolean;
}
