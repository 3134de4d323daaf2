import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { BatchProblem, Ledger } from '../users/batch/batch-item.js';
import type { FieldDifference } from '../users/batch/field-differences.js';
import type { AccountKind } from '../users/account-kinds.js';
import type { MassChangeState } from './mass-change-state.js';
import type { MassWishes } from './mass-wishes.js';
import type { KindFinding, RowOutcome, Tally } from './tally.js';

/** What was worked out before anything is written. */
export interface StoredPlan {
  readonly tally: Tally;
  /** What the company had when planning began, and would have at the end. */
  readonly ledger: { readonly now: Ledger; readonly after: Ledger } | null;
  /** Active accounts when planning ended: what the guard's limits are shares of. */
  readonly active: Readonly<Record<AccountKind, number>> | null;
  readonly guard: readonly KindFinding[];
}

/** One change of many accounts. */
@Entity('mass_change')
@Index('IDX_mass_change_company', ['companyId', 'id'])
@Index('IDX_mass_change_active', ['id'], { where: `state in ('planning', 'running')` })
@Index('UQ_mass_change_running', ['companyId'], {
  unique: true,
  where: `state = 'running' or (state = 'planning' and runs)`,
})
export class MassChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_mass_change' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  state!: MassChangeState;

  /** Goes on by itself when it is planned. */
  @Column('boolean')
  runs!: boolean;

  /** Somebody lets it go beyond the guard's limits, this once. */
  @Column('boolean', { default: false })
  approved!: boolean;

  @Column('jsonb')
  wishes!: MassWishes;

  @Column('boolean', { name: 'allow_schedule_removal' })
  allowScheduleRemoval!: boolean;

  /** Accounts. */
  @Column('integer')
  total!: number;

  @Column('jsonb')
  plan!: StoredPlan;

  @Column('jsonb')
  done!: Tally;

  /** The last account of the step before, of the plan or of the run; null: none yet. */
  @Column('uuid', { nullable: true })
  position!: Id | null;

  @Column('uuid', { name: 'restore_point_id', nullable: true })
  restorePointId!: Id | null;

  /** Code of the problem that ended it. */
  @Column('text', { nullable: true })
  problem!: string | null;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  /** Who ran or approved it: in whose name accounts are changed. */
  @Column('text', { name: 'run_by', nullable: true })
  runBy!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}

/** One account of a mass change. By `user_id` it goes when the account is deleted. */
@Entity('mass_change_row')
export class MassChangeRow {
  @PrimaryColumn('uuid', { name: 'mass_change_id', primaryKeyConstraintName: 'PK_mass_change_row' })
  massChangeId!: Id;

  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'PK_mass_change_row' })
  userId!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  /** null: not planned yet. */
  @Column('text', { nullable: true })
  planned!: RowOutcome | null;

  /** Of the account when it was planned; null: there was none. */
  @Column('integer', { name: 'planned_version', nullable: true })
  plannedVersion!: number | null;

  /** null: its turn has not come. */
  @Column('text', { nullable: true })
  outcome!: RowOutcome | null;

  @Column('boolean', { name: 'changed_since_plan', default: false })
  changedSincePlan!: boolean;

  /** What differs, field by field: as planned, then as written. */
  @Column('jsonb', { nullable: true })
  changes!: readonly FieldDifference[] | null;

  /** What stands in the way, or is worth a look. */
  @Column('jsonb', { nullable: true })
  problems!: readonly BatchProblem[] | null;
}
