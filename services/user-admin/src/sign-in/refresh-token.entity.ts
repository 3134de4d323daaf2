import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** One link of a chain of refresh tokens: each is good once and is replaced by the next of its session. */
@Entity('refresh_token')
@Index('IDX_refresh_token_session', ['sessionId'])
@Index('IDX_refresh_token_user', ['companyId', 'userId'])
export class RefreshToken {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_refresh_token' })
  id!: Id;

  @Column('uuid', { name: 'session_id' })
  sessionId!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('uuid', { name: 'user_id' })
  userId!: Id;

  /** SHA-256 of the secret, hexadecimal. */
  @Column('text')
  hash!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt!: Date | null;

  /** Who used it, see `client.ts`; null when it was replaced without having been used. */
  @Column('text', { name: 'used_by', nullable: true })
  usedBy!: string | null;

  /** The token that was given for it. */
  @Column('uuid', { name: 'replaced_by', nullable: true })
  replacedBy!: Id | null;

  /** Its use was repeated once, because the answer had been lost. */
  @Column('boolean', { default: false })
  repeated!: boolean;
}
