import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'PK_idempotency_key';

/** A stored answer; see `createIdempotencyTable`. */
@Entity('idempotency_key')
@Index('IDX_idempotency_key_age', ['createdAt'])
export class IdempotencyKeyEntity {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName })
  companyId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName })
  actor!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName })
  operation!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName })
  key!: string;

  @Column('text')
  fingerprint!: string;

  @Column('integer')
  status!: number;

  @Column('jsonb')
  headers!: Record<string, string>;

  @Column('jsonb', { nullable: true })
  body!: unknown;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

/** For `ServiceDatabase.entities`. */
export const IDEMPOTENCY_ENTITIES = [IdempotencyKeyEntity];
