import { Column } from 'typeorm';
import type { Id } from '@muster/contracts';

/** What the records of every entity have beside their fields. The id is declared by each: its constraint has a name. */
export abstract class RecordEntity {
  abstract id: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  /** The account whose record it is. */
  @Column('uuid', { name: 'rep_id' })
  repId!: Id;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  /** Values of the company's own fields, by their names; one that is empty is left out. */
  @Column('jsonb', { name: 'custom_fields', default: {} })
  customFields!: Record<string, unknown>;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  /** Set: the record is in the recycle bin. */
  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;

  /** The cause that put it there; null when nobody took note. */
  @Column('text', { name: 'deleted_cause', nullable: true })
  deletedCause!: string | null;
}
