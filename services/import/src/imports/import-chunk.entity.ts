import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/**
 * `staged`: to be sent; `sent`: the owner has it; `postponed`: rows of it wait for the last order, which is under way when
 * `sentAt` is set; `answered`: every row of it has its outcome.
 */
export type ChunkState = 'staged' | 'sent' | 'postponed' | 'answered';

/**
 * Rows of one rep: the unit of work, retry and answer. The table is its own outbox.
 * `rows`, `settled`, `planned` and `answers` are gzipped JSON, see `chunk-payload.ts`.
 */
@Entity('import_chunk')
@Index('IDX_import_chunk_waiting', ['importId', 'repNo', 'seq'], { where: `state = 'staged'` })
@Index('IDX_import_chunk_front', ['importId', 'seq'], { where: `state = 'staged'` })
@Index('IDX_import_chunk_sent', ['importId', 'sentAt'], { where: `state = 'sent'` })
@Index('IDX_import_chunk_row', ['importId', 'firstRow'])
export class ImportChunk {
  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'PK_import_chunk' })
  importId!: Id;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_import_chunk' })
  seq!: number;

  @Column('integer')
  attempt!: number;

  @Column('integer', { name: 'rep_no' })
  repNo!: number;

  @Column('text')
  state!: ChunkState;

  /** Rows for the owner. */
  @Column('integer', { name: 'row_count' })
  rowCount!: number;

  /** Rows that were found invalid while staging. */
  @Column('integer', { name: 'settled_count' })
  settledCount!: number;

  @Column('integer', { name: 'first_row' })
  firstRow!: number;

  @Column('integer', { name: 'last_row' })
  lastRow!: number;

  @Column('bytea')
  rows!: Buffer;

  @Column('bytea', { nullable: true })
  settled!: Buffer | null;

  /** Of a sync: those of the settled rows whose keys can be read, with nothing but their keys; null when there are none. */
  @Column('bytea', { nullable: true })
  standing!: Buffer | null;

  /** Of a sync: settled rows that do not say for whom they stand. */
  @Column('integer', { name: 'unreadable_count', default: 0 })
  unreadableCount!: number;

  @Column('bytea', { nullable: true })
  planned!: Buffer | null;

  @Column('bytea', { nullable: true })
  answers!: Buffer | null;

  /** Answers that are otherwise than the plan showed. */
  @Column('integer', { name: 'changed_since_plan', default: 0 })
  changedSincePlan!: number;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
