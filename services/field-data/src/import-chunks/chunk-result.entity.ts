import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** That a chunk of an import was applied, and what was answered; a repeat of the chunk gets the same answer. */
@Entity('chunk_result')
export class ChunkResult {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_chunk_result' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'PK_chunk_result' })
  importId!: Id;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_chunk_result' })
  seq!: number;

  @Column('uuid', { name: 'rep_id' })
  repId!: Id;

  @Column('uuid', { name: 'restore_point_id' })
  restorePointId!: Id;

  /** JSON of the rows' answers; null only inside the transaction that applies the chunk. */
  @Column('text', { nullable: true })
  answers!: string | null;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;
}
