import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ABSENTEE_STATES, Id } from '@muster/contracts';

/** What the rows of a chunk stand for, as the plan of a sync saw it. */
@Entity('planned_presence')
@Index('IDX_planned_presence_import', ['companyId', 'importId'])
export class PlannedPresence {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_planned_presence' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'plan_id', primaryKeyConstraintName: 'PK_planned_presence' })
  planId!: Id;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_planned_presence' })
  seq!: number;

  @Column('uuid', { name: 'import_id' })
  importId!: Id;

  @Column('uuid', { name: 'rep_id', nullable: true })
  repId!: Id | null;

  @Column('uuid', { name: 'record_ids', array: true })
  recordIds!: Id[];
}

/** A record, or an account, that is absent from the file of a sync: nothing goes that the plan has not noted here. */
@Entity('absentee')
@Index('IDX_absentee_state', ['companyId', 'planId', 'repId', 'state', 'recordId'])
@Index('IDX_absentee_code', ['companyId', 'planId', 'repId', 'recordId'], { where: 'code is not null' })
@Index('IDX_absentee_import', ['companyId', 'importId', 'recordId'])
@Index('IDX_absentee_age', ['companyId', 'at'])
export class Absentee {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_absentee' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'plan_id', primaryKeyConstraintName: 'PK_absentee' })
  planId!: Id;

  @PrimaryColumn('uuid', { name: 'record_id', primaryKeyConstraintName: 'PK_absentee' })
  recordId!: Id;

  @Column('uuid', { name: 'import_id' })
  importId!: Id;

  /** null: it belongs to the company itself. */
  @Column('uuid', { name: 'rep_id', nullable: true })
  repId!: Id | null;

  @Column('text', { default: 'planned' })
  state!: (typeof ABSENTEE_STATES)[number];

  /** Why it was kept, where a rule says so. */
  @Column('text', { nullable: true })
  code!: string | null;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;
}
