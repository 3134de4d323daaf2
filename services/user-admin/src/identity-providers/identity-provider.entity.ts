import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { IdentityClaim } from '../sign-in/sign-in-accounts.repository.js';

/** The OIDC issuer that a company trusts to say who its people are. */
@Entity('identity_provider')
export class IdentityProvider {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_identity_provider' })
  companyId!: Id;

  /** As it stands in `iss`, to the letter. */
  @Column('text')
  issuer!: string;

  /** Whom its tokens must be for, `aud`. */
  @Column('text')
  audience!: string;

  /** The field of an account that tokens name people by. */
  @Column('text', { name: 'match_by' })
  matchBy!: IdentityClaim;

  /** Where in a token it stands. */
  @Column('text')
  claim!: string;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
