import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Actor, Cause, Id, TransferFailure } from '@muster/contracts';

/** removal: records past the recycle bin, for the schedule ended; transfer: records become another rep's. */
export const ORDER_KINDS = ['removal', 'transfer'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** What became of the records of one entity so far. */
export interface OrderCount {
  readonly entity: string;
  /** Removed, or moved. */
  readonly done: number;
  readonly kept: number;
}

/** Something that is to be done with all records of a rep, in steps. */
@Entity('record_order')
@Index('IDX_record_order_running', ['companyId', 'repId'], { where: `state = 'running'` })
@Index('IDX_record_order_finished', ['companyId', 'finishedAt'])
export class RecordOrder {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_record_order' })
  id!: Id;

  /** Orders about a rep are carried out in this order. */
  @Column({ type: 'bigint', generatedIdentity: 'ALWAYS' })
  seq!: number;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  kind!: OrderKind;

  @Column('uuid', { name: 'rep_id' })
  repId!: Id;

  /** Of a transfer. */
  @Column('uuid', { name: 'to_rep_id', nullable: true })
  toRepId!: Id | null;

  /** null: of all kinds. */
  @Column('text', { array: true, nullable: true })
  entities!: string[] | null;

  @Column('uuid', { name: 'restore_point_id', nullable: true })
  restorePointId!: Id | null;

  @Column('text', { default: 'running' })
  state!: 'running' | 'completed' | 'failed';

  @Column('text', { nullable: true })
  failure!: TransferFailure | null;

  /** Where a transfer goes on: after this record of this entity. */
  @Column('text', { name: 'at_entity', nullable: true })
  atEntity!: string | null;

  @Column('uuid', { name: 'at_record', nullable: true })
  atRecord!: Id | null;

  @Column('jsonb', { default: [] })
  counts!: OrderCount[];

  /** Steps that failed since the last one that did not. */
  @Column('smallint', { default: 0 })
  failures!: number;

  @Column('timestamptz', { name: 'next_at', default: () => 'clock_timestamp()' })
  nextAt!: Date;

  @Column('text')
  actor!: Actor;

  @Column('text')
  cause!: Cause;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}

/** A record that a transfer left where it was. */
@Entity('kept_record')
export class KeptRecord {
  @PrimaryColumn('uuid', { name: 'order_id', primaryKeyConstraintName: 'PK_kept_record' })
  orderId!: Id;

  @PrimaryColumn('uuid', { name: 'record_id', primaryKeyConstraintName: 'PK_kept_record' })
  recordId!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  entity!: string;

  @Column('text', { name: 'external_id' })
  externalId!: string;

  /** The record of the other rep that has this external id. */
  @Column('uuid', { name: 'held_by' })
  heldBy!: Id;
}
