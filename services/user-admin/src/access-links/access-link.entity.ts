import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id, LinkChannel } from '@muster/contracts';
import type { LinkState } from './link-state.js';

const CURRENT = 'replaced_at is null';

/**
 * Lets a person set a password. An account has one that is current and those before it. Links come into being, are replaced
 * and disabled by triggers on accounts; the code asks for them to be sent, and ends them by use or by another one.
 */
@Entity('access_link')
@Index('UQ_access_link_current', ['userId'], { unique: true, where: CURRENT })
@Index('UQ_access_link_token', ['tokenHash'], { unique: true })
@Index('IDX_access_link_user', ['companyId', 'userId', 'id'])
@Index('IDX_access_link_state', ['companyId', 'state', 'userId'], { where: CURRENT })
@Index('IDX_access_link_waiting', ['requestedAt'], {
  where: `${CURRENT} and requested_at is not null and state in ('created', 'sent')`,
})
export class AccessLink {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_access_link' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('uuid', { name: 'user_id' })
  userId!: Id;

  @Column('text', { default: 'created' })
  state!: LinkState;

  @Column('text', { nullable: true })
  channel!: LinkChannel | null;

  /** Why it could not be delivered, as a code. */
  @Column('text', { nullable: true })
  failure!: string | null;

  /** SHA-256, hexadecimal; null until it is sent. */
  @Column('text', { name: 'token_hash', nullable: true })
  tokenHash!: string | null;

  /** How often a token was made for it; the last one is good. */
  @Column('smallint', { default: 0 })
  attempt!: number;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** When somebody asked for it to be sent. */
  @Column('timestamptz', { name: 'requested_at', nullable: true })
  requestedAt!: Date | null;

  @Column('text', { name: 'requested_by', nullable: true })
  requestedBy!: string | null;

  @Column('text', { name: 'requested_cause', nullable: true })
  requestedCause!: string | null;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  /** When it was known to be delivered, or not. */
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt!: Date | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  /** There is a newer one. */
  @Column('timestamptz', { name: 'replaced_at', nullable: true })
  replacedAt!: Date | null;

  /** Until then a process of this service is sending it. */
  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
