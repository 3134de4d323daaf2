import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** One link of a chain of refresh tokens: each is good once and is replaced by the next of its family. */
@Entity('refresh_token')
@Index('IDX_refresh_token_family', ['family'])
@Index('IDX_refresh_token_user', ['companyId', 'userId'])
export class RefreshToken {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_refresh_token' })
  id!: Id;

  /** All tokens that stem from one sign-in. */
  @Column('uuid')
  family!: Id;

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

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
