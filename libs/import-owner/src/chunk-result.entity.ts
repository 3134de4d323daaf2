import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** That a chunk of an import was applied, and what was answered; a repeat of the chunk gets the same answer. */
@Entity('chunk_result')
@Index('IDX_chunk_result_age', ['companyId', 'at'])
export class ChunkResult {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_chunk_result' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'PK_chunk_result' })
  importId!: Id;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_chunk_result' })
  seq!: number;

  /** null: what is imported belongs to the company, not to a rep. */
  @Column('uuid', { name: 'rep_id', nullable: true })
  repId!: Id | null;

  @Column('uuid', { name: 'restore_point_id' })
  restorePointId!: Id;

  /** JSON of the rows' answers; null only inside the transaction that applies the chunk. */
  @Column('text', { nullable: true })
  answers!: string | null;

  /** JSON of the rows that were postponed; null when none was. */
  @Column('text', { nullable: true })
  postponed!: string | null;

  /** They wait for the last order. */
  @Column('boolean', { default: false })
  waiting!: boolean;

  /** What the rows of the chunk stand for, whatever became of them: a sync looks for what stands in none of its chunks. */
  @Column('uuid', { name: 'record_ids', array: true, default: '{}' })
  recordIds!: Id[];

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;
}
