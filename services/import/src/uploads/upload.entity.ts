import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { SourceSettings } from './source-settings.js';

/** A file that somebody sent, and how it is read unless a configuration says otherwise. Its bytes are in the file store. */
@Entity('upload')
@Index('IDX_upload_content', ['companyId', 'sha256'])
@Index('IDX_upload_file', ['createdAt'], { where: 'file_removed_at is null' })
@Index('IDX_upload_file_removed', ['fileRemovedAt'], { where: 'file_removed_at is not null' })
export class Upload {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_upload' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  /** As the sender named it, without any path. */
  @Column('text', { name: 'file_name' })
  fileName!: string;

  @Column('bigint', { name: 'byte_size' })
  byteSize!: number;

  /** Lower-case hexadecimal. */
  @Column('text')
  sha256!: string;

  @Column('jsonb')
  source!: SourceSettings;

  /** Data rows that are not blank. */
  @Column('integer', { name: 'row_count' })
  rowCount!: number;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** When its bytes were removed, and the rows of its imports. */
  @Column('timestamptz', { name: 'file_removed_at', nullable: true })
  fileRemovedAt!: Date | null;
}
