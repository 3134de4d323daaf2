import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

export const SESSION_METHODS = ['password', 'identityProvider', 'accessLink'] as const;
/** How the person signed in. */
export type SessionMethod = (typeof SESSION_METHODS)[number];

/** What stems from one sign-in: a chain of refresh tokens, and the access tokens that were given for them. */
@Entity('session')
@Index('IDX_session_user', ['companyId', 'userId', 'id'])
@Index('IDX_session_expiry', ['expiresAt'])
export class Session {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_session' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('uuid', { name: 'user_id' })
  userId!: Id;

  @Column('text')
  method!: SessionMethod;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  /** From where it was used last. */
  @Column('text', { nullable: true })
  address!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt!: Date;

  /** However often it is used. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
