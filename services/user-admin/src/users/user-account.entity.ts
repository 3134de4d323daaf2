import { Column, type ColumnOptions, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Id, Language } from '@muster/contracts';
import { generatedColumn } from '@muster/persistence';
import type { AccountKind, AuthorizationLevel } from './account-kinds.js';
import { AccountWorkSettings } from './account-work-settings.entity.js';

export type { AccountKind, AuthorizationLevel };

const FOUND_BY =
  `account_terms(display_name || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, ''), ` +
  `email, username, employee_number)`;

const folded = (name: string, expression: string): ColumnOptions => ({
  ...generatedColumn(name, expression),
  collation: 'C',
});

/**
 * A versioned table: every change goes into `user_account_change`. Unique within the company; checked late on demand. What
 * lists are filtered and sorted by also stands in `user_listing`, whose rows triggers keep.
 */
@Entity('user_account')
@Unique('UQ_user_account_email', ['companyId', 'emailKey'], { deferrable: 'INITIALLY IMMEDIATE' })
@Unique('UQ_user_account_employee_number', ['companyId', 'employeeNumber'], { deferrable: 'INITIALLY IMMEDIATE' })
@Unique('UQ_user_account_username', ['companyId', 'usernameKey'], { deferrable: 'INITIALLY IMMEDIATE' })
@Index('IDX_user_account_by_created', [
  'companyId',
  'id',
  'kind',
  'authorizationLevel',
  'hasOwnSchedule',
  'loginEnabled',
])
@Index('IDX_user_account_administrator', ['companyId'], {
  where: `kind = 'staff' and authorization_level = 2 and login_enabled`,
})
export class UserAccount extends AccountWorkSettings {
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

  /** false: made of the names, and follows them. */
  @Column('boolean', { name: 'display_name_by_hand', default: false })
  displayNameByHand!: boolean;

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

  /** Folded for sorting: last name, first name. */
  @Column('text', folded('name_order', 'sort_key(last_name, first_name)'))
  readonly nameOrder!: string;

  @Column('text', folded('email_order', 'sort_key(email)'))
  readonly emailOrder!: string;

  @Column('text', folded('number_order', 'sort_key(employee_number)'))
  readonly numberOrder!: string;

  /** What it is found by, a blank before each term, some of them twice. Also in a table of its own, which has an index. */
  @Column({ type: 'text', ...folded('found_by', FOUND_BY), select: false })
  readonly foundBy!: string | null;

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
