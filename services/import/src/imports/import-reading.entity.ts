import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { ImportConfiguration } from '@muster/import-model';
import type { ChunkLayout } from '../staging/chunk-layout.js';

/**
 * A file read by a configuration, with which rows of reps were written before it was replaced for the reps that were left.
 * What holds for those stands in the import itself, under the same names.
 */
@Entity('import_reading')
@Index('IDX_import_reading_upload', ['uploadId'])
export class ImportReading {
  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'PK_import_reading' })
  importId!: Id;

  /** From 1, in the order in which they were made. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_import_reading' })
  no!: number;

  @Column('uuid', { name: 'upload_id' })
  uploadId!: Id;

  @Column('jsonb')
  configuration!: ImportConfiguration;

  @Column('uuid', { name: 'configuration_id', nullable: true })
  configurationId!: Id | null;

  @Column('integer', { name: 'configuration_version', nullable: true })
  configurationVersion!: number | null;

  @Column('jsonb', { nullable: true })
  layout!: ChunkLayout | null;

  /** What is added to the row numbers of its file. */
  @Column('integer', { name: 'row_offset' })
  rowOffset!: number;

  @Column('jsonb', { name: 'part_offsets', nullable: true })
  partOffsets!: number[] | null;
}
