import type { JWK } from 'jose';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What access tokens are signed with; for the worker role alone. */
@Entity('signing_key')
export class SigningKey {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_signing_key' })
  kid!: string;

  @Column('jsonb', { name: 'private_jwk' })
  privateJwk!: JWK;

  @Column('jsonb', { name: 'public_jwk' })
  publicJwk!: JWK;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
