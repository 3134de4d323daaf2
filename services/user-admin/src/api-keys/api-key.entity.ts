import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Actor, Id } from '@muster/contracts';

/** A connector's credential, or an operator's. Its text is `msk_<id>_<secret>`, and only a hash of the secret is kept. */
@Entity('api_key')
@Index('IDX_api_key_company', ['companyId', 'id'])
export class ApiKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_api_key' })
  id!: Id;

  /** null: an operator's, who belongs to no company. */
  @Column('uuid', { name: 'company_id', nullable: true })
  companyId!: Id | null;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  scopes!: string[];

  /** Goes up when tokens that were given for the key are to end. */
  @Column('integer', { default: 1 })
  version!: number;

  /** Of the secret before the last rotation, which is good until {@link previousUntil}. */
  @Column('text', { name: 'previous_hash', nullable: true, select: false })
  previousHash!: string | null;

  @Column('timestamptz', { name: 'previous_until', nullable: true })
  previousUntil!: Date | null;

  /** SHA-256 of the secret, hexadecimal. Never read through the entity. */
  @Column('text', { name: 'secret_hash', select: false })
  secretHash!: string;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('text', { name: 'created_by' })
  createdBy!: Actor;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  /** Exact to a minute. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
