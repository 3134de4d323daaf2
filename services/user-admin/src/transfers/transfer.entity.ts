import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id, TransferFailure } from '@muster/contracts';

export const TRANSFER_STATES = ['running', 'completed', 'failed'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

/** What became of the records of one kind so far. */
export interface TransferCount {
  readonly entity: string;
  readonly moved: number;
  readonly kept: number;
}

/** Records of one account on their way to another. It outlives both accounts. */
@Entity('transfer')
@Index('UQ_transfer_running', ['fromId'], { unique: true, where: `state = 'running'` })
@Index('IDX_transfer_company', ['companyId', 'finishedAt'])
export class Transfer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_transfer' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('uuid', { name: 'from_id' })
  fromId!: Id;

  @Column('uuid', { name: 'to_id' })
  toId!: Id;

  /** null: of all kinds. */
  @Column('text', { array: true, nullable: true })
  entities!: string[] | null;

  @Column('uuid', { name: 'restore_point_id' })
  restorePointId!: Id;

  @Column('text', { default: 'running' })
  state!: TransferState;

  @Column('text', { nullable: true })
  failure!: TransferFailure | null;

  @Column('jsonb', { default: [] })
  counts!: TransferCount[];

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
