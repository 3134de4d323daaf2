import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Id, Language } from '@muster/contracts';
import { generatedColumn } from '../generated-column.js';

export const ACCOUNT_KINDS = ['staff', 'portal', 'person'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** 0 user, 1 supervisor, 2 administrator. */
export const AUTHORIZATION_LEVELS = [0, 1, 2] as const;
export type AuthorizationLevel = (typeof AUTHORIZATION_LEVELS)[number];

/** A versioned table: every change goes into `user_account_change`. Unique within the company; checked late on demand. */
@Entity('user_account')
@Unique('UQ_user_account_email', ['companyId', 'emailKey'], { deferrable: 'INITIALLY IMMEDIATE' })
@Unique('UQ_user_account_employee_number', ['companyId', 'employeeNumber'], { deferrable: 'INITIALLY IMMEDIATE' })
@Unique('UQ_user_account_username', ['companyId', 'usernameKey'], { deferrable: 'INITIALLY IMMEDIATE' })
@Index('IDX_user_account_company', ['companyId', 'id'])
export class UserAccount {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_user_account' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  /** Fixed. */
  @Column('text')
  kind!: AccountKind;

  /** Compared exactly; leading zeros count. */
  @Column('text', { name: 'employee_number', nullable: true })
  employeeNumber!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', generatedColumn('email_key', 'lower(email)'))
  readonly emailKey!: string | null;

  @Column('text')
  username!: string;

  @Column('text', generatedColumn('username_key', 'lower(username)'))
  readonly usernameKey!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('text', { name: 'first_name', nullable: true })
  firstName!: string | null;

  @Column('text', { name: 'last_name', nullable: true })
  lastName!: string | null;

  @Column('smallint', { name: 'authorization_level' })
  authorizationLevel!: AuthorizationLevel;

  /** Has customers, appointments ... of its own, and uses a licence. */
  @Column('boolean', { name: 'has_own_schedule' })
  hasOwnSchedule!: boolean;

  /** false: deactivated. */
  @Column('boolean', { name: 'login_enabled', default: true })
  loginEnabled!: boolean;

  @Column('text')
  language!: Language;

  /** See `password-hash.ts`; null until a password was set. Not in the change log: a restore keeps the present one. */
  @Column('text', { name: 'password_hash', nullable: true, select: false })
  passwordHash!: string | null;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
