import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id, ImportCounters } from '@muster/contracts';
import type { AbsenteesState } from './import-absentees.js';
import type { RepProgress, RepStatus } from '../assignment/rep-verdict.js';

/** One value of the rep column: whom it names, and what became of its rows. */
@Entity('import_rep')
@Index('IDX_import_rep_user', ['importId', 'userId'])
export class ImportRep {
  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'PK_import_rep' })
  importId!: Id;

  /** Order of first appearance in the file, from 0. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_import_rep' })
  no!: number;

  /** Without blanks around it; '' for empty cells. */
  @Column('text')
  value!: string;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: Id | null;

  @Column('text', { name: 'display_name', nullable: true })
  displayName!: string | null;

  @Column('boolean', { name: 'login_enabled', nullable: true })
  loginEnabled!: boolean | null;

  /** The e-mail that differs only in letter case. */
  @Column('text', { name: 'similar_value', nullable: true })
  similarValue!: string | null;

  @Column('text')
  status!: RepStatus;

  @Column('boolean', { default: false })
  excluded!: boolean;

  /** Whether it is left out was said in the assignment, whatever the configuration says. */
  @Column('boolean', { name: 'by_hand', default: false })
  byHand!: boolean;

  @Column('text', { default: 'waiting' })
  progress!: RepProgress;

  /** The configuration of the import that its rows were staged with, and are written with. */
  @Column('integer', { default: 1 })
  reading!: number;

  @Column('integer', { name: 'row_count', default: 0 })
  rowCount!: number;

  @Column('integer', { name: 'first_row' })
  firstRow!: number;

  /** What became of its rows in the run. */
  @Column('jsonb')
  counters!: ImportCounters;

  /** What would become of them, as the last plan saw it. */
  @Column('jsonb', { nullable: true })
  plan!: ImportCounters | null;

  /** What `status` was when the last plan was made; null before. */
  @Column('text', { name: 'planned_status', nullable: true })
  plannedStatus!: RepStatus | null;

  /** Rows with which its run did otherwise than the plan showed; null: there was no plan to follow. */
  @Column('integer', { name: 'changed_since_plan', nullable: true })
  changedSincePlan!: number | null;

  /** Of a sync: the order about what is absent from its rows; null before the plan has sent one. */
  @Column('text', { name: 'absentees_state', nullable: true })
  absenteesState!: AbsenteesState | null;

  @Column('timestamptz', { name: 'absentees_sent_at', nullable: true })
  absenteesSentAt!: Date | null;

  /** Of a sync: how many records, or accounts, are absent from its rows, as the plan saw it; the run touches no more. */
  @Column('integer', { nullable: true })
  absentees!: number | null;

  /** Of how many, absent or not. */
  @Column('integer', { name: 'absentees_base', nullable: true })
  absenteesBase!: number | null;

  /** How many of them are gone. */
  @Column('integer', { default: 0 })
  removed!: number;
}
