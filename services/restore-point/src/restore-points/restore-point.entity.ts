import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { OWN_POINT_OCCASIONS, type Id, type RestorePointOwner } from '@muster/contracts';

/** Why a point was made. */
export const RESTORE_POINT_OCCASIONS = ['import', ...OWN_POINT_OCCASIONS] as const;
export type RestorePointOccasion = (typeof RESTORE_POINT_OCCASIONS)[number];

/** `marking`: owners are asked for their marks; `ready`: every owner holds its mark. */
export const RESTORE_POINT_STATES = ['marking', 'ready'] as const;
export type RestorePointState = (typeof RESTORE_POINT_STATES)[number];

@Entity('restore_point')
@Index('IDX_restore_point_company', ['companyId', 'id'])
@Index('IDX_restore_point_import', ['companyId', 'importId'], { where: 'import_id is not null' })
@Index('IDX_restore_point_user', ['companyId', 'userId'], { where: 'user_id is not null' })
@Index('IDX_restore_point_marking', ['askedAt'], { where: `state = 'marking'` })
export class RestorePoint {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_restore_point' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  occasion!: RestorePointOccasion;

  @Column('uuid', { name: 'import_id', nullable: true })
  importId!: Id | null;

  /** The account that the change is about. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: Id | null;

  /** Empty once the account is deleted whose name it was. */
  @Column('text')
  name!: string;

  @Column('text')
  state!: RestorePointState;

  /** The owners that hold their mark. */
  @Column('text', { array: true, default: [] })
  marks!: RestorePointOwner[];

  /** `user:<id>`, `key:<id>` or `system`. */
  @Column('text', { name: 'created_by' })
  createdBy!: string;

  /** What the events about the point name as their cause. */
  @Column('text')
  cause!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** When the owners were last asked for their marks. */
  @Column('timestamptz', { name: 'asked_at', default: () => 'now()' })
  askedAt!: Date;

  @Column('timestamptz', { name: 'ready_at', nullable: true })
  readyAt!: Date | null;

  /** When the import that asked for the point paused or came to its end; until then the point is open. */
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}
